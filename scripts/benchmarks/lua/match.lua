-- A line as modems send them, taken apart by a pattern. Gives ns per match.
local line, n = "+CSQ: 23,99", 300000
local start = cpu()
for i = 1, n do local rssi, ber = line:match("^%+CSQ: (%d+),(%d+)$") end
return (cpu() - start) / n
