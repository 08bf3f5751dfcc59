step("attach", function()
  modem:wait_registered{ timeout = "90s" }
  measure("rssi", modem:signal().rssi_dbm, { unit = "dBm", min = -95 })
end)
step("publish", function()
  local client <close> = modem.mqtt:client{ index = 0, id = "unit-001" }
  client:connect{ host = "broker.example", port = 1883 }
  client:publish("units/001/state", "alive", { qos = 1 })
end)
