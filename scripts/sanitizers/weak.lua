-- Weak tables whose metatables come and go, and weak metatables with __newindex, up to the limit.
local t = setmetatable({}, { __mode = "kv" })
for i = 1, 20000 do
  setmetatable(t, { __mode = "kv", __index = { i = i } })
  local a, b = {}, { {} }
  if i % 100 == 0 then assert(t.i == i) end
end
local keep = {}
for i = 1, 20000 do
  local m = setmetatable({}, { __mode = "v" })
  m.__newindex = {}
  local u = setmetatable({}, m)
  u.x = i
  keep[i] = { u, ("x"):rep(1000) .. i }
end
