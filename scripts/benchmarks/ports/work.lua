-- Asks for signal and registration until the time is up, with a pause between the rounds; prints how often.
local finish = time.monotonic() + params.seconds
local count = 0
while time.monotonic() < finish do
    modem:at("AT+CSQ")
    modem:at("AT+CEREG?")
    count = count + 2
    if params.pause > 0 then time.sleep(params.pause) end
end
print(count)
