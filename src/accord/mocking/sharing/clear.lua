-- Takes entries out of the journal up to the one of an id.
-- KEYS: the entries, a list; numbers, a hash with the `last` id and the `bytes` of all.
-- ARGV: the id.
local last = tonumber(redis.call('HGET', KEYS[2], 'last') or 0)
local bytes = tonumber(redis.call('HGET', KEYS[2], 'bytes') or 0)
local first = last - redis.call('LLEN', KEYS[1]) + 1
for _ = first, tonumber(ARGV[1]) do
  local entry = redis.call('LPOP', KEYS[1])
  if not entry then break end
  bytes = bytes - #entry
end
redis.call('HSET', KEYS[2], 'bytes', bytes)
return 1
