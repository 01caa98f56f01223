-- What changed of a world since a version: {version, is_whole, names, values}; false where there is none.
-- KEYS: the world, a hash of its parts with its version under ''; its log; the names of all worlds.
-- ARGV: the version that is known, the world's name, now, seconds to keep it, names of parts to give as well.
local current = redis.call('HGET', KEYS[1], '')
if not current then return false end
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[4])
if ARGV[2] ~= '' then redis.call('ZADD', KEYS[3], ARGV[3], ARGV[2]) end

local function wanted_of(from)
  local seen, names = {}, {}
  local function add(name)
    if name ~= '' and not seen[name] then
      seen[name] = true
      names[#names + 1] = name
    end
  end
  for at = 5, #ARGV do add(ARGV[at]) end
  if from > 0 then
    for _, entry in ipairs(redis.call('LRANGE', KEYS[2], -from, -1)) do
      for name in string.gmatch(entry, '[^\n]+') do add(name) end
    end
  end
  return names
end

local born, number = string.match(current, '^(%w+)%.(%d+)%.')
local known_born, known_number = string.match(ARGV[1], '^(%w+)%.(%d+)%.')
local behind = known_born == born and tonumber(number) - tonumber(known_number) or -1
if behind >= 0 and behind <= redis.call('LLEN', KEYS[2]) then
  local names, values = wanted_of(behind), {}
  for at = 1, #names do values[at] = redis.call('HGET', KEYS[1], names[at]) end
  return {current, 0, names, values}
end

local all, names, values = redis.call('HGETALL', KEYS[1]), {}, {}
for at = 1, #all, 2 do
  if all[at] ~= '' then
    names[#names + 1] = all[at]
    values[#values + 1] = all[at + 1]
  end
end
return {current, 1, names, values}
