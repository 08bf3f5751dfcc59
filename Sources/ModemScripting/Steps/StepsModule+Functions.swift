import LuaRuntime

extension StepsModule {
    static func measure(_ recorder: RunRecorder) -> LuaFunction {
        .synchronous(
            "measure",
            LuaDocumentation(
                "Records a value. Outside its limits the step fails at its end; the value is kept.",
                parameters: [
                    .init("name", "string", "What reports call it."),
                    .init("value", "number|string|boolean|nil", "The value; nil fails when there are limits."),
                    .options([
                        .init("unit", "string", optional: true, "Such as `dBm`, `s`, `bytes`."),
                        .init("min", "number", unit: "as given", optional: true, "Smallest good value."),
                        .init("max", "number", unit: "as given", optional: true, "Largest good value."),
                    ]),
                ],
                results: [.init("boolean", "Whether it is within the limits.")],
                errors: [.argument],
                example: #"measure("rssi", modem:signal().rssi_dbm, { unit = "dBm", min = -113 })"#
            )
        ) { call throws(LuaFailure) in
            let arguments = try call.arguments
            let name = try arguments.text(0)
            let options = try arguments.options(2, known: ["unit", "min", "max"])
            let value = arguments[1]
            switch value {
            case .nil, .boolean, .integer, .number, .string: break
            case .table, .object, .function:
                throw arguments.failure(1, "number, string or boolean expected, got \(value.typeName)")
            }
            let measurement = Measurement(
                name: name,
                value: value,
                unit: try options.text("unit"),
                min: try options.number("min"),
                max: try options.number("max")
            )
            recorder.measure(measurement, task: call.task.id)
            try call.push(.boolean(measurement.verdict == .pass))
        }
    }

    static let fail = LuaFunction.synchronous(
        "fail",
        LuaDocumentation(
            "Fails the step, and the run.",
            parameters: [.init("message", "string", "What is wrong.")],
            errors: [.check],
            example: #"if not modem:clock() then fail("the clock is not set") end"#
        )
    ) { call throws(LuaFailure) in
        throw LuaFailure(.check, try call.arguments.text(0))
    }

    static func skip(_ recorder: RunRecorder) -> LuaFunction {
        .synchronous(
            "skip",
            LuaDocumentation(
                "Ends the run as skipped; `defer` and `<close>` run.",
                parameters: [.init("message", "string", "Why there is nothing to do.")],
                errors: [.argument],
                example: #"if params.dry then skip("nothing to do") end"#
            )
        ) { call throws(LuaFailure) in
            let reason = try call.arguments.text(0)
            recorder.skip(reason)
            throw LuaFailure(.skip, reason)
        }
    }
}

/// What the prelude of `step` calls; scripts do not see it.
extension StepsModule {
    private static let hidden = LuaDocumentation("Part of step.")

    /// Name, type of the function, options → step, attempts, seconds or nil.
    static func add(_ recorder: RunRecorder) -> LuaFunction {
        .synchronous("step", hidden) { call throws(LuaFailure) in
            let arguments = try call.arguments
            let name = try arguments.text(0)
            guard arguments[1].text == "function" else {
                throw arguments.failure(1, "function expected, got \(arguments[1].text ?? "nil")")
            }
            let options = try arguments.options(2, known: ["timeout", "retries"])
            let retries = try options.integer("retries", in: 0...100) ?? 0
            let timeout = try options.duration("timeout")
            let id = recorder.add(step: name, task: call.task.id)
            try call.push([
                .integer(id.index), .integer(retries + 1), timeout.map { .number(Seconds.of($0)) } ?? .nil,
            ])
        }
    }

    static func start(_ recorder: RunRecorder) -> LuaFunction {
        .synchronous("start", hidden) { call throws(LuaFailure) in
            let id = RunRecorder.StepID(index: Int(try call.integer(0)))
            recorder.start(
                id,
                attempt: Int(try call.integer(1)),
                of: Int(try call.integer(2)),
                task: call.task.id
            )
        }
    }

    /// Step, whether the function returned, its error → the words of a missed limit, whether no further attempt may
    /// follow.
    static func finish(_ recorder: RunRecorder) -> LuaFunction {
        .synchronous("finish", hidden) { call throws(LuaFailure) in
            let arguments = try call.arguments
            let id = RunRecorder.StepID(index: Int(try arguments.integer(0)))
            let raised = try arguments.boolean(1) ? nil : LuaFailure(scriptError: arguments[2])
            let failure = recorder.finish(id, failure: raised)
            let isFinal = raised.map { $0.kind == .skip || $0.kind == .cancelled } ?? false
            try call.push([raised == nil ? .optional(failure?.message) : .nil, .boolean(isFinal)])
        }
    }
}

extension LuaFailure {
    /// An error value that a prelude caught and handed over: an error object, a string, anything.
    init(scriptError value: LuaValue) {
        switch value {
        case .string: self.init(.script, value.text ?? "error")
        case .table(let table):
            let kind = table["kind"].text.map { Kind(rawValue: $0) } ?? .script
            self.init(
                kind,
                table["message"].text ?? "(error object is a table)",
                code: table["code"].integer,
                name: table["name"].text,
                hint: table["hint"].text
            )
            command = table["command"].text
            elapsed = table["elapsed"].number
            location = table["where"].text
        case .nil, .boolean, .integer, .number, .object, .function:
            self.init(.script, "(error object is a \(value.typeName))")
        }
    }
}
