-- Writes entries of the journal, and what a process says of itself: 1; or 0 where it has said that already.
-- KEYS: the entries, a list; numbers, a hash with the `last` id and the `bytes` of all; processes, a hash.
-- ARGV: the process, the question up to which it has written all, how often it spoke, the most entries, the
-- most bytes, seconds to keep it all; the entries.
local before = redis.call('HGET', KEYS[3], ARGV[1])
if before and tonumber(string.match(before, ' (%d+)$')) >= tonumber(ARGV[3]) then return 0 end
redis.call('HSET', KEYS[3], ARGV[1], ARGV[2] .. ' ' .. ARGV[3])
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[6]) end
if #ARGV < 7 then return 1 end

local bytes = tonumber(redis.call('HGET', KEYS[2], 'bytes') or 0)
for at = 7, #ARGV do
  redis.call('RPUSH', KEYS[1], ARGV[at])
  bytes = bytes + #ARGV[at]
end
redis.call('HINCRBY', KEYS[2], 'last', #ARGV - 6)
while redis.call('LLEN', KEYS[1]) > tonumber(ARGV[4]) or bytes > tonumber(ARGV[5]) do
  bytes = bytes - #redis.call('LPOP', KEYS[1])
end
redis.call('HSET', KEYS[2], 'bytes', bytes)
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[6]) end
return 1
