-- Does this module work at all? Half a minute on the bench, before anybody spends time on it.
--
--   moonwire run -p /dev/ttyUSB2 smoke-test.lua --set host=broker.example

moonwire.require(1)

step("answers", function()
    -- One that has just got its supply starts first.
    modem:at("AT", { timeout = 30 })
    local info = modem:info()
    measure("model", info.model)
    measure("revision", info.revision)
    measure("imei", info.imei)
end)

step("sim", function()
    -- Just after the start the SIM is still busy.
    local ok, answer
    for _ = 1, 10 do
        ok, answer = pcall(modem.at, modem, "AT+CPIN?")
        if ok then break end
        time.sleep(1)
    end
    check(ok, answer)
    check(answer.fields[1] == "READY", "the SIM says " .. answer.fields[1])
end)

step("registered", function()
    local where = modem:wait_registered { timeout = 90 }
    measure("network", where.eps == "idle" and where.ps or where.eps)
end)

step("signal", function()
    -- One reading is a guess; the worst of five is a limit.
    local worst
    for _ = 1, 5 do
        local rssi = modem:signal().rssi_dbm
        check(rssi, "no signal is heard: check the antenna")
        worst = math.min(worst or rssi, rssi)
        time.sleep(0.02)
    end
    measure("worst rssi", worst, { unit = "dBm", min = -95, max = -40 })
end)

step("clock", function()
    local now = modem:clock()
    if not now then skip("the clock is not set") end
    measure("clock set", true)
end)

step("mqtt", function()
    local client <close> = modem.mqtt:client { id = "smoke-test" }
    client:connect { host = params.host or "broker.example", port = params.port or 1883 }
    client:subscribe("smoke/#", { qos = 1 })
    for size = 0, 1000, 500 do
        client:publish("smoke/" .. size, ("x"):rep(size), { qos = 1 })
        check(#client:receive { topic = "smoke/" .. size, timeout = 10 }.payload == size, size .. " bytes: cut")
    end
end)
