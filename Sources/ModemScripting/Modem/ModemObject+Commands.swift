import A7600
import ATProtocol
import LuaRuntime
import ModemSession

extension ModemObject {
    /// `at` and `try`: raw command lines.
    static let commandFunctions: [LuaFunction] = [
        .waiting("at", atDocumentation) { call, completion in
            send(call, completion) { $0 }
        },
        .waiting("try", tryDocumentation, options: [.location]) { call, completion in
            let place = call.location
            return send(call, completion) { result in
                guard case .failure(var failure) = result else { return result }
                switch failure.kind {
                case .argument, .cancelled: return result
                default:
                    // What is thrown gets its place on the way.
                    failure.location = failure.location ?? place
                    return .success([.nil, .failure(failure)])
                }
            }
        },
    ]

    private static let commandParameters: [LuaDocumentation.Parameter] = [
        .init("line", "string|secret", "The command line, beginning with AT, without a line end."),
        .options([
            .timeout("Total, from the call on.", default: "the command's own maximum"),
            .init(
                "data",
                "string|secret",
                optional: true,
                "Bytes to write after the prompt; the line declares their number."
            ),
            .init("result", "string", optional: true, "Of an unknown command: the name of its asynchronous result."),
            .init(
                "key",
                "string|integer",
                optional: true,
                in: 0...65_535,
                "Of an unknown command: the result's first field."
            ),
            .init("check", "boolean", default: "true", "false sends wrong parameters too; framing stays checked."),
        ]),
    ]

    private static let reply = LuaDocumentation.Result(
        "Reply",
        "`lines`, `fields` of the first line (or of the result), `result`, `final`, `elapsed` in s."
    )

    private static let atDocumentation = LuaDocumentation(
        "Sends a command line and waits for its final result code, and for its asynchronous result if it has one.",
        parameters: commandParameters,
        results: [reply],
        errors: LuaDocumentation.Raised.command + [.mqtt, .init(.prompt, "the module did not ask for the data")],
        example: #"local r = modem:at("AT+CSQ"); print(r.fields[1])"#
    )

    private static let tryDocumentation = LuaDocumentation(
        "Like `at`, but returns nil and the error instead of raising it. A wrong argument is raised all the same.",
        parameters: commandParameters,
        results: [reply, .init("Error?", "What went wrong.")],
        errors: [.argument],
        example: #"local r, err = modem:try("AT+CPIN?", { timeout = 5 })"#
    )

    /// One command: submitted where it stands, completed in its place on the wire.
    private static func send(
        _ call: LuaCall,
        _ completion: LuaCompletion,
        _ shape: @escaping @Sendable (Result<[LuaValue], LuaFailure>) -> Result<[LuaValue], LuaFailure>
    ) -> LuaFunction.Abort? {
        do throws(LuaFailure) {
            let link = try call.modem().link
            let command = try RawCommand(call.arguments).command(for: link)
            let port = link.port(for: call.host)
            let began = link.session.executor.now()
            let id = link.session.submit(command) { result in
                let answer: Result<[LuaValue], LuaFailure> =
                    switch result {
                    case .success(let reply): .success([.table(LuaTable(reply, since: began))])
                    case .failure(let failure): .failure(link.failure(failure))
                    }
                port.post(.complete(completion, shape(answer)))
            }
            return { link.session.cancel(id) }
        } catch {
            completion.fail(error)
            return nil
        }
    }
}

/// The arguments of `at`.
struct RawCommand: Sendable {
    var line: ScriptBytes
    var data: ScriptBytes?
    var timeout: Duration?
    var result: ResultSpec?
    var checking: Catalogue.Checking

    init(_ arguments: LuaArguments) throws(LuaFailure) {
        line = try arguments.scriptBytes(0)
        checking = .strict
        guard arguments.count > 1 else { return }
        let options = try arguments.options(1, known: ["timeout", "data", "result", "key", "check"])
        timeout = try options.duration("timeout")
        data = try options.scriptBytes("data")
        if try options.boolean("check") == false { checking = .framingOnly }
        result = try Self.result(options)
    }

    private static func result(_ options: LuaOptions) throws(LuaFailure) -> ResultSpec? {
        let key = try key(options)
        guard let name = try options.text("result") else {
            guard key == nil else { throw options.failure("key", "stands only beside 'result'") }
            return nil
        }
        guard !name.isEmpty else { throw options.failure("result", "is empty") }
        let prefix = Array((name.hasSuffix(":") ? String(name.dropLast()) : name).utf8)
        guard let key else {
            let shape = LineShape.prefixed(prefix, fields: [.integer], extra: .allowed)
            return ResultSpec(shape: shape, code: 0, domain: .other)
        }
        let shape = LineShape.prefixed(prefix, fields: [.exactly(key), .integer], extra: .allowed)
        return ResultSpec(shape: shape, key: 0, keyValue: key, code: 1, domain: .other)
    }

    private static func key(_ options: LuaOptions) throws(LuaFailure) -> Int? {
        let value = options["key"]
        if value.isNil { return nil }
        guard let key = value.integer.map(Int.init) ?? value.text.flatMap({ Int($0) }) else {
            throw options.failure("key", "a whole number expected")
        }
        guard (0...65_535).contains(key) else { throw options.failure("key", "\(key) is not in 0…65535") }
        return key
    }

    /// - Throws: kind `argument`, before anything is sent.
    func command(for link: ModemLink) throws(LuaFailure) -> Command {
        var command = try isPlain ? plain(link) : build(link)
        if let timeout { command.timeout = timeout }
        if let result { command.spec.result = result }
        return command
    }

    private var isPlain: Bool { !line.isSecret && data == nil && checking == .strict }

    private func plain(_ link: ModemLink) throws(LuaFailure) -> Command {
        if let known = link.knownCommands.command(line: line.bytes) { return known }
        let command = try build(link)
        link.knownCommands.keep(command)
        return command
    }

    private func build(_ link: ModemLink) throws(LuaFailure) -> Command {
        do throws(ArgumentFault) {
            return try Catalogue.command(
                line: line.bytes,
                data: data?.bytes,
                profile: link.profile,
                checking: checking
            )
            .hiding(line: line.isSecret, data: data?.isSecret ?? false)
        } catch {
            if line.isSecret { throw LuaFailure(.argument, "a secret command line was refused") }
            if error.parameter == "line" {
                throw .badArgument(1, to: "at", "\(error.value); allowed: \(error.allowed)")
            }
            throw LuaFailure(.argument, error.description)
        }
    }
}
