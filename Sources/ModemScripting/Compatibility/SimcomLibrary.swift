import LuaRuntime

/// `compat.simcom`: the part of the Lua inside SIMCom modules that speaks AT. Times are in milliseconds.
enum SimcomLibrary {
    static let name = "compat.simcom"
    static let library = LuaLibrary(name, source: source, reference: [globals, sio])

    private static let milliseconds = 0...86_400_000 as ClosedRange<Int64>

    private static let globals = LuaReference.Module(
        name,
        "Scripts for the Lua inside SIMCom modules: `sio`, `vmsleep`, milliseconds.",
        placement: .globals,
        functions: [
            LuaReference.Function(
                "vmsleep",
                LuaDocumentation(
                    "Waits, as on the module.",
                    parameters: [.init("time", "integer", unit: "ms", in: milliseconds, "How long.")],
                    errors: [.argument],
                    example: #"require "compat.simcom"; vmsleep(10)"#
                ),
                waits: true
            ),
            LuaReference.Function(
                "printdir",
                LuaDocumentation(
                    "Does nothing: what a script prints goes to the run's output.",
                    parameters: [.init("direction", "integer", in: 0...1, "As on the module.")],
                    errors: [.argument],
                    example: #"require "compat.simcom"; printdir(1)"#
                )
            ),
        ],
        provider: name
    )

    private static let sio = LuaReference.Module(
        "sio",
        "The AT channel as SIMCom's Lua has it: text out, text in.",
        functions: [
            LuaReference.Function(
                "send",
                LuaDocumentation(
                    "Sends text; a command goes out with its CR, and its whole answer is ready when this returns.",
                    parameters: [.init("text", "string", "Such as `AT+CSQ\\r\\n`; after `>` the data, without a CR.")],
                    results: [.init("true", "Always.")],
                    errors: [.argument, .lost, .closed],
                    example: #"require "compat.simcom"; sio.send("AT+CSQ\r\n"); print(sio.recv(5000))"#
                ),
                waits: true
            ),
            LuaReference.Function(
                "recv",
                LuaDocumentation(
                    "The next piece of what the module said: an answer with its echo, a result, an unsolicited line.",
                    parameters: [
                        .init(
                            "time",
                            "integer",
                            unit: "ms",
                            in: milliseconds,
                            "How long to wait when nothing is there."
                        )
                    ],
                    results: [.init("string?", "With its line ends; nil: nothing came in time.")],
                    errors: [.argument, .lost, .closed],
                    example: #"require "compat.simcom"; sio.send("ATI\r\n"); local text = sio.recv(1000)"#
                ),
                waits: true
            ),
            LuaReference.Function(
                "clear",
                LuaDocumentation(
                    "Throws away what came and was not received.",
                    errors: [.closed],
                    example: #"require "compat.simcom"; sio.clear()"#
                ),
                waits: true
            ),
        ],
        provider: name
    )

    /// A command is carried out by `modem:try` when its CR is sent; one that asks for data is kept until they are there.
    private static let source = #"""
        local _, _, vm = ...
        local modem, time = modem, time
        local type, pcall, error, rawset, rawget, tostring = type, pcall, error, rawset, rawget, tostring
        local math_type, remove = math.type, table.remove

        local function bad(name, problem)
            error(vm.failure { kind = "argument", message = "bad argument #1 to '" .. name .. "' (" .. problem .. ")" }, 0)
        end

        local function milliseconds(value, name, most)
            if math_type(value) == nil then bad(name, "number expected, got " .. type(value)) end
            if value < 0 or value > most then bad(name, tostring(value) .. " is not in 0…" .. most) end
            return value / 1000
        end

        local day = 86400000
        local pieces = {}                   -- what was said and not received yet
        local echo = true
        local typed = ""                    -- of a command line without its CR, or of data
        local waiting                       -- { line, count }: a command that has shown its prompt
        local unsolicited = modem:expect("")

        local function said(text)
            pieces[#pieces + 1] = text
        end

        local function framed(lines)
            local text = ""
            for _, line in ipairs(lines) do text = text .. "\r\n" .. line .. "\r\n" end
            return text
        end

        local function heard(hit)
            local message = hit.message
            if not message then return said("\r\n" .. hit.line .. "\r\n") end
            local client, topic, payload = message.client, message.topic, message.payload
            said(("\r\n+CMQTTRXSTART: %d,%d,%d\r\n"):format(client, #topic, #payload)
                .. ("+CMQTTRXTOPIC: %d,%d\r\n"):format(client, #topic) .. topic .. "\r\n"
                .. ("+CMQTTRXPAYLOAD: %d,%d\r\n"):format(client, #payload) .. payload .. "\r\n"
                .. "+CMQTTRXEND: " .. client .. "\r\n")
        end

        -- Takes the next unsolicited line; whether one came within the time.
        local function listen(seconds)
            local ok, hit = pcall(unsolicited.wait, unsolicited, seconds)
            if ok then
                heard(hit)
            elseif not vm.is_failure(hit) or hit.kind ~= "timeout" then
                error(hit, 0)
            end
            return ok
        end

        local function failed(err, text)
            local kind, lines = err.kind, err.lines or {}
            if kind == "timeout" then return text ~= "" and said(text) end
            if kind == "lost" or kind == "closed" then error(err, 0) end
            if kind == "cme" then
                said(text .. framed(lines) .. "\r\n+CME ERROR: " .. (err.name or err.code) .. "\r\n")
            elseif kind == "mqtt" and not (err.before or ""):find("ERROR\r\n$") then
                said(text .. "\r\nOK\r\n")
                said(framed(lines))
            else
                said(text .. framed(lines) .. "\r\nERROR\r\n")
            end
        end

        local function carry_out(line, data, text)
            while listen(0) do end
            local ok, reply, err = pcall(modem.try, modem, line, { data = data, check = false })
            if not ok then
                local message = vm.is_failure(reply) and reply.message or ""
                local count = reply ~= nil and message:match("data is missing; allowed: (%d+)")
                if not count then error(reply, 0) end
                waiting = { line = line, count = tonumber(count) }
                said(text .. "\r\n>")
            elseif not reply then
                failed(err, text)
            else
                said(text .. framed(reply.lines) .. "\r\n" .. reply.final .. "\r\n")
                if reply.result then said("\r\n" .. reply.result .. "\r\n") end
            end
        end

        local function command(line)
            local text = echo and line .. "\r" or ""
            local switch = line:upper():match("^ATE([01])$")
            if switch then
                echo = switch == "1"
                said(text .. "\r\nOK\r\n")
            elseif line:upper():find("^AT") then
                carry_out(line, nil, text)
            end
        end

        local sio = {}

        function sio.send(text)
            if type(text) ~= "string" then bad("send", "string expected, got " .. type(text)) end
            typed = typed .. text
            if waiting then
                if #typed < waiting.count then return true end
                local line, data = waiting.line, typed:sub(1, waiting.count)
                waiting, typed = nil, ""
                carry_out(line, data, "")
                return true
            end
            while not waiting do
                local line, rest = typed:match("^[\r\n]*([^\r\n]+)\r\n?(.*)$")
                if not line then break end
                typed = rest
                command(line)
            end
            return true
        end

        function sio.recv(span)
            local seconds = milliseconds(span, "recv", day)
            if #pieces == 0 then listen(seconds) end
            return remove(pieces, 1)
        end

        function sio.clear()
            while listen(0) do end
            pieces = {}
        end

        local function vmsleep(span)
            time.sleep(milliseconds(span, "vmsleep", day))
        end

        local function printdir(direction)
            milliseconds(direction, "printdir", 1)
        end

        for name, value in pairs { sio = sio, vmsleep = vmsleep, printdir = printdir } do
            if rawget(_G, name) == nil then rawset(_G, name, value) end
        end
        return { sio = sio, vmsleep = vmsleep, printdir = printdir }
        """#
}
