-- A session that uses everything the shim has. Ends with an error, on purpose. Read by the shim's tests as well.
local kept = keep(function() return 1 end, { function() return 2 end })
local t = setmetatable({}, { __index = { a = 1 } })
for i = 1, 5 do t[i] = ("x"):rep(i * 10) .. add(i, i) end
local co = coroutine.create(function(x)
  local handle <close> = make()
  handle:method({ 1, 2, { three = x } })
  wait({ x, name = "deep" })
  coroutine.yield(x)
  error("inner")
end)
print(coroutine.resume(co, 7))
print(coroutine.resume(co))
print(coroutine.resume(co))
print(pcall(fail))
print(pcall(add, 1, co))
print(pcall(coroutine.wrap(function() wait(1) error({}) end)))
print(xpcall(function() error("handled") end, function(m) return m .. debug.traceback() end))
print(try(function() wait(("y"):rep(100)) error("traced") end))
local close <close> = setmetatable({}, { __close = function() wait("closing") end })
print(("key=value, k=v"):gsub("(%w+)=(%w+)", "%2=%1"))
for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do t[k] = v end
table.sort(t) table.concat(t, ",")
print(load("return 1 + 1")())
local ok, e = pcall(function() local x = undeclared end)
local many = {}
for i = 1, 60 do many[i] = make() end
error("the end")
