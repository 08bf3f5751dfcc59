-- Coroutines that close each other, deeper than is allowed; dead ones resumed; waits inside of closing.
local before
for i = 1, 2000 do
  local inner = before
  before = coroutine.create(function()
    local x <close> = setmetatable({}, { __close = function() if inner then coroutine.close(inner) end end })
    coroutine.yield()
  end)
  coroutine.resume(before)
end
print(coroutine.close(before))
local co = coroutine.create(function() local h <close> = make() wait(1) error("inside") end)
print(coroutine.resume(co))
print(coroutine.resume(co))
local function loop() return coroutine.wrap(loop)() end
print(pcall(loop))
