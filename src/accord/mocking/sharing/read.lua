-- Entries of the journal: {first, last, entries}, whose ids follow each other up to `last`.
-- KEYS: the entries, a list; numbers, a hash with the `last` id.
-- ARGV: the id after which to read, the most entries.
local last = tonumber(redis.call('HGET', KEYS[2], 'last') or 0)
local first = last - redis.call('LLEN', KEYS[1]) + 1
local from = math.max(tonumber(ARGV[1]) + 1, first)
local upto = math.min(last, from + tonumber(ARGV[2]) - 1)
if from > last then return {first, last, {}} end
return {first, upto, redis.call('LRANGE', KEYS[1], from - first, upto - first)}
