-- Changes a world from one version to the next: 1; or 0 where it has another version by now.
-- KEYS: the world, a hash of its parts with its version under ''; its log; the names of all worlds.
-- ARGV: the version that it is to have, the next one, the world's name, now, seconds to keep it, the moment
-- before which worlds are gone, the most worlds, the names of what changes, how many of the arguments that
-- follow are names and values of parts; the rest are names of parts that are gone.
local current = redis.call('HGET', KEYS[1], '') or ''
if current == ARGV[2] then return 1 end
if current ~= ARGV[1] then return 0 end

local name, put = ARGV[3], tonumber(ARGV[9])
if current == '' then redis.call('DEL', KEYS[2]) end
for at = 10, 9 + put, 2 do redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1]) end
for at = 10 + put, #ARGV do redis.call('HDEL', KEYS[1], ARGV[at]) end
redis.call('HSET', KEYS[1], '', ARGV[2])
redis.call('RPUSH', KEYS[2], ARGV[8])
redis.call('LTRIM', KEYS[2], -256, -1)
redis.call('EXPIRE', KEYS[1], ARGV[5])
redis.call('EXPIRE', KEYS[2], ARGV[5])
if name == '' then return 1 end

redis.call('ZADD', KEYS[3], ARGV[4], name)
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', ARGV[6])
while redis.call('ZCARD', KEYS[3]) > tonumber(ARGV[7]) do
  local oldest = redis.call('ZPOPMIN', KEYS[3])[1]
  local world = string.sub(KEYS[1], 1, -#name - 1) .. oldest
  local log = string.sub(KEYS[2], 1, -#name - 1) .. oldest
  redis.call('DEL', world, log)
end
return 1
