/// Scripts as people write them, with nothing wrong.
enum CleanScripts {
    static let all = [
        // Classes, with inheritance and a metatable of their own.
        """
        local Animal = {}
        Animal.__index = Animal
        function Animal.new(name) return setmetatable({ name = name }, Animal) end
        function Animal:speak() return self.name .. " speaks" end
        local Dog = setmetatable({}, { __index = Animal, __call = function(class, ...) return class.new(...) end })
        Dog.__index = Dog
        Dog.__tostring = function(self) return "dog " .. self.name end
        function Dog.new(name) return setmetatable(Animal.new(name), Dog) end
        local rex = Dog("rex")
        print(rex:speak(), tostring(rex), rex.anything, Dog.whatever)
        """,
        // Locals that change their kind.
        """
        local client
        local function connect()
            client = modem.mqtt:client { id = "a" }
            client:connect { host = "x" }
            return client
        end
        client = connect()
        client = { stop = function() end }
        client:stop()
        local value = 5
        value = "text"
        print(value:upper())
        """,
        // Options and arguments that are not known before.
        """
        local options = { qos = params.qos, anything = 1 }
        local name = params.name or "qos"
        local client = modem.mqtt:client { id = params.id, [name .. "x"] = nil }
        client:publish(params.topic, params.payload, options)
        client:publish("a", "b", { [name] = 1 })
        client:publish(table.unpack { "a", "b" })
        client:connect(setmetatable({ host = "x" }, { __index = { port = 1 } }))
        modem:at(("AT+CSQ"):rep(1), { timeout = params.seconds or 5 })
        measure("x", tonumber("5"), { min = -math.huge, max = math.huge })
        """,
        // Functions of the interface as values.
        """
        local at, try = modem.at, modem.try
        local ok, err = pcall(at, modem, "AT")
        local r, e = try(modem, "AT+CPIN?", { timeout = 5 })
        if e then log.warn(e.kind, e.code, e.message, e[1]) end
        for _, call in ipairs { modem.signal, modem.info } do pcall(call, modem) end
        local methods = { signal = modem.signal }
        print(methods.signal(modem).rssi_dbm, methods["info"])
        """,
        // Declared globals, and tables of the interface that are given more.
        """
        rawset(_G, "VERSION", "1.0")
        print(VERSION, _G.VERSION, _G["VERSION"], _G[("VER") .. "SION"])
        VERSION = "1.1"
        function json.pretty(value) return json.encode(value, { indent = true }) end
        print(json.pretty { 1 })
        string.trim = function(s) return (s:gsub("^%s+", "")) end
        print(string.trim("  x"), ("  y"):trim())
        """,
        // Globals of the interface with a meaning of the script's own.
        """
        local old = check
        function check(value, expected) if value ~= expected then print(value) end end
        check({ 1 }, { 2 })
        print = function(...) io.write(...) end
        print(old(1))
        """,
        // An environment of the script's own.
        """
        local function sandbox()
            local _ENV = { print = print }
            x = 1
            print(x, undeclared)
        end
        sandbox()
        local env = setmetatable({}, { __index = _G })
        local chunk = load("y = 1 return y", "=chunk", "t", env)
        print(chunk and chunk())
        """,
        // Races, waiters, scopes, messages.
        """
        task.scope(function(scope)
            local client <close> = modem.mqtt:client { id = "a", tls = modem.tls:context(0) }
            local echo <close> = client:next_message("a/#", { timeout = "5s" })
            local first = scope:race { echo, modem:expect { "+CREG: 1", "+CREG: 5" }, time.after("1m"), function() return 1 end }
            if first.index == 1 then print(first.value.payload, first.value.anything) end
            local w <close> = modem:expect("+CREG: (%d)")
            local hit = w:wait(30)
            print(hit[1], hit.line, hit.message and hit.message.topic)
            for msg in client:messages { topic = "a", timeout = 1 } do print(msg.topic, #msg.payload) end
            client:on_lost(function(loss) print(loss.cause, loss.text) end, { on_error = "log" })
            client:subscribe({ "a", "b/+", qos = 1 }, function(msg) print(msg.payload) end)
            client:subscribe { "a" }
        end, { timeout = "2m", name = "all" })
        """,
        // Old habits: goto continue, varargs, numeric tricks, semicolons, long strings.
        """
        #!/usr/bin/env moonwire
        local function sum(...)
            local total = 0;
            for i = 1, select("#", ...) do
                local v = select(i, ...)
                if type(v) ~= "number" then goto continue end
                total = total + v
                ::continue::
            end
            return total;
        end
        print(sum(1, "x", 2), 7 // 2, 7 % 3, 1 << 4 | 2 ~ 3 & ~0, 0x7F, 1e3, [==[ ]] ]==])
        local t = { [1] = "a", b = "c", "d"; function() end, n = 0, }
        print(#t, t.b, t[1], t["b"], next(t), rawlen(t), rawequal(t, t), math.type(1), utf8.char(228))
        local co = coroutine.wrap(function(...) local x = coroutine.yield(...) return x end)
        co(1) co(2)
        """,
        // Values that may be nil, and errors of all kinds.
        """
        local seconds = modem:clock() or modem:set_clock() or fail("no clock")
        print(time.iso(seconds), os.date("%Y", seconds), os.time { year = 2026, month = 1, day = 1 })
        local ok, err = pcall(error, { kind = "mine" })
        if not ok then print(err.kind, err.more, tostring(err)) end
        local f, message = io.open("absent.txt", "r")
        if f then print(f:read("l"), f:seek("end", -5)) f:close() else print(message) end
        local info = modem:info { timeout = 5 }
        check(info.iccid, "no SIM") measure("imei", info.imei)
        local state = modem.mqtt:state()
        for _, client in ipairs(state.clients) do print(client.id, client.connected) end
        local sim = modem.sim if sim then sim:fault("mute") sim:clear() end
        """,
        // Certificates and secrets.
        """
        local key = secret.file(params.certs .. "/unit.key")
        x509.check { ca = file.read("ca.pem"), cert = file.read("unit.pem"), key = key, subject = params.unit, at = time.now() }
        modem.certs:sync { ["ca.pem"] = { file = "ca.pem" }, ["unit.key"] = { secret = key }, prune = true }
        local ca = modem.certs:install { name = "auto", prefix = "ca", pem = file.read("ca.pem") }
        local changes = modem.tls:context(1):apply { version = "tls1.2", ca = ca.name, negotiate_timeout = "2m" }
        print(#changes, changes[1] and changes[1].text, ca.sha256, ca.warnings[1])
        local second <close> = modem.open { port = "sim", profile = "sim7600" }
        print(second:info().imei, second.port, second.certs:list()[1])
        """,
    ]
}
