-- Times one command over and over and prints the nanoseconds of each, in a line.
local times = {}
for _ = 1, params.warm_up do modem:at(params.command) end
for number = 1, params.samples do
    local start = time.monotonic()
    modem:at(params.command)
    times[number] = ("%.0f"):format((time.monotonic() - start) * 1e9)
end
print(table.concat(times, " "))
