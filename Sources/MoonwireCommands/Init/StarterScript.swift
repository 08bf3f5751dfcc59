/// The script that `moonwire init` writes: short, and it passes as it is, on the simulated module or a real one.
enum StarterScript {
    static let source = """
        -- Checks a module and publishes one message. Without a modem it drives a simulated one:
        --
        --   moonwire run main.lua
        --   moonwire run -p /dev/ttyUSB2 main.lua --set host=broker.example --set unit=unit-001
        --
        -- moonwire doc lists what scripts can call, moonwire check main.lua finds mistakes without a modem.

        moonwire.require(1)

        local host = params.host or "broker.example"
        local unit = params.unit or "unit-001"

        step("identify", function()
            local info = modem:info()
            measure("imei", info.imei)
            check(info.iccid, "no SIM, or it is not ready")
        end)

        step("attach", function()
            modem:wait_registered { timeout = 90 }
            measure("rssi", modem:signal().rssi_dbm, { unit = "dBm", min = -95 })
        end, { retries = 1 })

        step("publish", function()
            local client <close> = modem.mqtt:client { id = unit }
            client:connect { host = host, port = params.port or 1883 }
            client:subscribe("units/" .. unit .. "/#", { qos = 1 })
            client:publish("units/" .. unit .. "/state", "alive", { qos = 1 })
            local message = client:receive { topic = "units/" .. unit .. "/state", timeout = 10 }
            check(message.payload == "alive", "the message came back changed")
        end)

        """
}
