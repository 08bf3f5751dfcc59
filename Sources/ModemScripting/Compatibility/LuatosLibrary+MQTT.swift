extension LuatosLibrary {
    /// `mqtt`. Each client has a task that does in order what was asked of it, and one that reads what comes.
    static let mqttSource = #"""

        -- ---- mqtt ----

        local mqtt = { STATE_DISCONNECT = 0, STATE_SCONNECT = 1, STATE_MQTT = 2, STATE_READY = 3 }
        local methods, states, in_use = {}, setmetatable({}, { __mode = "k" }), {}
        local client_meta = { __index = methods, __metatable = false, __name = "mqttc" }

        local function of(client, name)
            local state = states[client]
            if not state then bad(1, name, "mqttc expected, got " .. type(client) .. "; write it with a colon") end
            return state
        end

        -- An error in the script's function is the script's, whatever its kind.
        local function emit(client, state, event, ...)
            if not state.handler then return end
            local ok, err = pcall(state.handler, client, event, ...)
            if ok then return end
            state.broken = { err }
            error(err, 0)
        end

        -- The TLS context of a client; nil: plain TCP.
        local function secured(state)
            local ssl = state.ssl
            if not ssl then return nil end
            if ssl == true then ssl = {} end
            local context, settings = modem.tls:context(state.index), { version = "all", verify = "none", sni = true }
            local function file(prefix, content)
                return modem.certs:install { name = "auto", prefix = prefix, pem = content }.name
            end
            if ssl.server_cert then settings.verify, settings.ca = "server", file("ca", ssl.server_cert) end
            if ssl.client_cert then
                settings.verify = ssl.server_cert and "mutual" or "client"
                settings.cert, settings.key = file("cert", ssl.client_cert), file("key", ssl.client_key)
            end
            context:apply(settings)
            return context
        end

        local function read(client, state, native)
            local connection = {}
            state.connection = connection
            local next_message = native:messages { timeout = "24h" }
            scope:spawn(function()
                while true do
                    local ok, message = pcall(next_message)
                    if ok and message then
                        emit(client, state, "recv", message.topic, message.payload)
                    elseif ok then
                        next_message = native:messages { timeout = "24h" }
                    elseif vm.is_failure(message) and (message.kind == "lost" or message.kind == "closed") then
                        break
                    else
                        error(message, 0)
                    end
                end
                if state.connection == connection then
                    state.is_ready = false
                    state.signal.wake()
                end
            end)
        end

        -- Errors of the broker and the line are logged, as LuatOS does; those of the script are raised.
        local function tried(state, ok, err)
            if ok then return true end
            if state.broken then error(state.broken[1], 0) end
            if not vm.is_failure(err) or err.kind == "argument" or err.kind == "cancelled" then error(err, 0) end
            log.warn("mqtt: " .. err.message)
            return false
        end

        local function carry_out(client, state, native, job)
            if job.what == "disconnect" then
                state.is_ready, state.wants_connection = false, false
                return
            end
            local ok = tried(state, pcall(native[job.what], native, unpack(job.arguments, 1, job.arguments.n)))
            if ok and job.what == "publish" then emit(client, state, "sent", job.id) end
        end

        -- One connection, from its beginning to its end. The module's client is made anew each time: after a loss of
        -- the network the service has to be started again.
        local function serve(client, state)
            local native <close> = modem.mqtt:client {
                index = state.index, id = state.id, tls = secured(state), will = state.last_words,
            }
            native:connect {
                host = state.host, port = state.port, keepalive = state.keepalive, clean = state.clean,
                user = state.user, password = state.password,
            }
            state.is_ready = true
            read(client, state, native)
            emit(client, state, "conack")
            while state.is_ready do
                if state.jobs[1] then
                    carry_out(client, state, native, remove(state.jobs, 1))
                elseif state.is_closing then
                    state.is_ready = false
                else
                    state.signal.wait("24h")
                end
            end
            state.connection = nil
        end

        local function pause(state)
            local till = time.monotonic() + state.pause
            repeat
                local left = till - time.monotonic()
                if left > 0 then state.signal.wait(left) end
            until left <= 0 or state.is_closing
        end

        local function work(client, state)
            while not state.is_closing do
                if not state.wants_connection then
                    state.signal.wait("24h")
                else
                    tried(state, pcall(serve, client, state))
                    state.is_ready, state.connection, state.jobs = false, nil, {}
                    local goes_on = state.wants_connection and state.reconnects
                    state.wants_connection = goes_on
                    if not state.is_closing then emit(client, state, "disconnect") end
                    if goes_on and not state.is_closing then pause(state) end
                end
            end
        end

        local tls_options = {
            server_cert = "string", client_cert = "string", client_key = "string", client_password = "string",
            verify = "number",
        }

        local function check_tls(ssl)
            for name, value in pairs(ssl) do
                local expected = tls_options[name]
                if not expected then bad(4, "create", "unknown option '" .. tostring(name) .. "'") end
                if type(value) ~= expected then
                    bad(4, "create", "option '" .. name .. "': " .. expected .. " expected, got " .. type(value))
                end
            end
            local verify = ssl.verify
            if verify and (verify < 0 or verify > 2) then
                bad(4, "create", "option 'verify': " .. verify .. " is not in 0…2")
            end
            if ssl.client_cert and not ssl.client_key then bad(4, "create", "client_cert needs client_key") end
        end

        function mqtt.create(adapter, host, port, ssl, options)
            want(host, "string", 2, "create")
            if math_type(port) ~= "integer" then bad(3, "create", "integer expected, got " .. type(port)) end
            if port < 1 or port > 65535 then bad(3, "create", port .. " is not in 1…65535") end
            if ssl ~= nil and type(ssl) ~= "boolean" and type(ssl) ~= "table" then
                bad(4, "create", "boolean or table expected, got " .. type(ssl))
            end
            if type(ssl) == "table" then check_tls(ssl) end
            local client = setmetatable({ host = host, port = port }, client_meta)
            states[client] = {
                host = host, port = port, ssl = ssl, keepalive = 240, clean = true, pause = 3, jobs = {}, last_id = 0,
                signal = new_signal(),
            }
            return client
        end

        function methods.auth(client, id, user, password, clean)
            local state = of(client, "auth")
            want(id, "string", 1, "auth")
            if user ~= nil then want(user, "string", 2, "auth") end
            if password ~= nil then want(password, "string", 3, "auth") end
            if clean ~= nil then want(clean, "boolean", 4, "auth") end
            state.id = id
            state.user, state.password = user ~= "" and user or nil, password ~= "" and password or nil
            if clean ~= nil then state.clean = clean end
        end

        function methods.keepalive(client, seconds)
            local state = of(client, "keepalive")
            if math_type(seconds) ~= "integer" then bad(1, "keepalive", "integer expected, got " .. type(seconds)) end
            if seconds < 1 or seconds > 64800 then bad(1, "keepalive", seconds .. " is not in 1…64800") end
            state.keepalive = seconds
        end

        function methods.autoreconn(client, enabled, ms)
            local state = of(client, "autoreconn")
            want(enabled, "boolean", 1, "autoreconn")
            state.reconnects = enabled
            if ms ~= nil then
                span(ms, 2, "autoreconn")
                state.pause = ms / 1000
            end
        end

        function methods.will(client, topic, payload, qos)
            local state = of(client, "will")
            want(topic, "string", 1, "will")
            want(payload, "string", 2, "will")
            if qos ~= nil and math_type(qos) ~= "integer" then bad(3, "will", "integer expected, got " .. type(qos)) end
            if qos and (qos < 0 or qos > 2) then bad(3, "will", qos .. " is not in 0…2") end
            state.last_words = { topic = topic, payload = payload, qos = qos or 0 }
        end

        function methods.on(client, fn)
            local state = of(client, "on")
            want(fn, "function", 1, "on")
            state.handler = fn
        end

        function methods.debug(client) of(client, "debug") end

        function methods.connect(client)
            local state = of(client, "connect")
            if not state.id then
                error(vm.failure { kind = "argument", message = "mqttc:connect needs a client id: mqttc:auth(id) first" }, 0)
            end
            state.wants_connection = true
            if state.is_open then
                state.signal.wake()
                return true
            end
            local index = in_use[0] and 1 or 0
            if in_use[index] then
                error(vm.failure { kind = "error", message = "the module has two MQTT clients; close one first" }, 0)
            end
            in_use[index] = true
            state.is_open, state.is_closing, state.index = true, false, index
            alive = alive + 1
            start(function()
                work(client, state)
                in_use[index], state.is_open = nil, false
                ended()
            end)
            return true
        end

        local function ask(state, what, ...)
            state.last_id = state.last_id + 1
            if not state.is_ready or state.is_closing then return nil end
            state.jobs[#state.jobs + 1] = { what = what, arguments = pack(...), id = state.last_id }
            state.signal.wake()
            return state.last_id
        end

        local function qos_of(value, position, name)
            if value == nil then return 0 end
            if math_type(value) ~= "integer" then bad(position, name, "integer expected, got " .. type(value)) end
            if value < 0 or value > 2 then bad(position, name, value .. " is not in 0…2") end
            return value
        end

        function methods.subscribe(client, topic, qos)
            local state = of(client, "subscribe")
            if type(topic) == "table" then
                local id
                for filter, level in pairs(topic) do
                    id = ask(state, "subscribe", filter, { qos = qos_of(level, 1, "subscribe") })
                end
                return id
            end
            want(topic, "string", 1, "subscribe")
            return ask(state, "subscribe", topic, { qos = qos_of(qos, 2, "subscribe") })
        end

        function methods.unsubscribe(client, topic)
            local state = of(client, "unsubscribe")
            if type(topic) == "table" then return ask(state, "unsubscribe", topic) end
            want(topic, "string", 1, "unsubscribe")
            return ask(state, "unsubscribe", topic)
        end

        function methods.publish(client, topic, payload, qos, retain)
            local state = of(client, "publish")
            want(topic, "string", 1, "publish")
            want(payload, "string", 2, "publish")
            local level = qos_of(qos, 3, "publish")
            if retain ~= nil and type(retain) ~= "boolean" and math_type(retain) ~= "integer" then
                bad(4, "publish", "boolean expected, got " .. type(retain))
            end
            if math_type(retain) == "integer" and retain ~= 0 and retain ~= 1 then
                bad(4, "publish", retain .. " is not in 0…1")
            end
            return ask(state, "publish", topic, payload, { qos = level, retain = retain == true or retain == 1 })
        end

        function methods.disconnect(client)
            local state = of(client, "disconnect")
            return state.is_ready and ask(state, "disconnect") ~= nil
        end

        function methods.close(client)
            local state = of(client, "close")
            state.is_closing, state.wants_connection = true, false
            state.signal.wake()
        end

        function methods.ready(client) return of(client, "ready").is_ready == true end

        function methods.state(client)
            return of(client, "state").is_ready and mqtt.STATE_READY or mqtt.STATE_DISCONNECT
        end
        """#
}
