-- Crashes Lua 5.4.4 as Debian ships it: '..' keeps a stack pointer over a __concat that moves the stack.
local C = {}
C.__concat = function(a, b)
  local function deep(n) if n == 0 then return 0 end return 1 + deep(n - 1) end
  deep(180)
  return "joined"
end
local function at(n) if n > 0 then return (at(n - 1)) end
  local o = setmetatable({}, C)
  local r = "a" .. "b" .. o .. "c" .. o
  assert(r == "joined" or type(r) == "string", "bogus: " .. type(r))
  return r
end
for n = 1, 300 do coroutine.wrap(at)(n) end
print("fine")
