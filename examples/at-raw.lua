-- Chapter 3.1 of the MQTT manual, command by command: the same flow as mqtt-plain.lua with modem:at alone.
-- Data that follow a prompt are given as `data`; asynchronous results are waited for, for the commands are known.

moonwire.require(1)

local address = ("tcp://%s:%d"):format(params.host or "test.mosquitto.org", params.port or 1883)

local function at(line, data)
    local reply = modem:at(line, { data = data })
    for _, text in ipairs(reply.lines) do print(text) end
    if reply.result then print(reply.result) end
    return reply
end

step("attach", function()
    at "AT+CSQ"
    at "AT+CREG?"
    at "AT+CGREG?"
    at 'AT+CGDCONT=1,"IP","CMNET"'
    at "AT+CGPADDR"
end)

step("start", function()
    at "AT+CMQTTSTART"
    at 'AT+CMQTTACCQ=0,"client test0",0'
    at("AT+CMQTTWILLTOPIC=0,10", "0123456789")
    at("AT+CMQTTWILLMSG=0,6,1", "qwerty")
end)

-- From here on the service is put back whatever happens.
defer(function()
    modem:try "AT+CMQTTDISC=0,120"
    modem:try "AT+CMQTTREL=0"
    modem:try "AT+CMQTTSTOP"
end)

step("connect", function()
    at(('AT+CMQTTCONNECT=0,"%s",60,1'):format(address))
end)

step("subscribe", function()
    at("AT+CMQTTSUB=0,9,1", "simcommsg")
end)

step("publish", function()
    -- Armed before the command is sent, so the message cannot come too early.
    local echo <close> = modem:expect "+CMQTTRX"
    at("AT+CMQTTTOPIC=0,9", "simcommsg")
    at("AT+CMQTTPAYLOAD=0,60", ("0123456789"):rep(6))
    at "AT+CMQTTPUB=0,1,60"
    local message = echo:wait(10).message
    print(message.topic, message.payload)
end)

step("queue", function()
    at("AT+CMQTTSUBTOPIC=0,9,1", "123456789")
    at "AT+CMQTTSUB=0"
    at("AT+CMQTTUNSUB=0,9,0", "simcommsg")
end)

step("disconnect", function()
    at "AT+CMQTTDISC=0,120"
    at "AT+CMQTTREL=0"
    at "AT+CMQTTSTOP"
end)
