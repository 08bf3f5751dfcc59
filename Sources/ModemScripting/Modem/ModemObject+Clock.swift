import A7600
import ATProtocol
import LuaRuntime

extension ModemObject {
    /// The module's clock.
    static let clockFunctions: [LuaFunction] = [clock, setClock, syncClock]

    private static let clock = LuaFunction.flow(
        "clock",
        LuaDocumentation(
            "Reads the module's clock.",
            parameters: [.options([.timeout(default: "9")])],
            results: [
                .init("number?", "Seconds since 1970, UTC; nil when the clock was never set."),
                .init("string", "As the module shows it: `26/03/01,09:38:02+04`."),
            ],
            errors: LuaDocumentation.Raised.command,
            example: #"local t = modem:clock() or fail("the clock is not set")"#
        ),
        plain
    ) { flow, _ in
        .last(try flow.make { commands throws(ArgumentFault) in try commands.clock() }) { reply throws(LuaFailure) in
            let time = try moduleTime(reply)
            return [time.isSet ? .integer(time.secondsSince1970) : .nil, .text(time.description)]
        }
    }

    private static let setClock = LuaFunction.flow(
        "set_clock",
        LuaDocumentation(
            "Sets the module's clock, in UTC, and reads it back.",
            parameters: [
                .init(
                    "time",
                    "number",
                    unit: "s",
                    default: "time.now()",
                    in: 946_684_800...3_155_759_999,
                    "Seconds since 1970, UTC: from 2000 to 2069."
                ),
                .options([.timeout(default: "9")]),
            ],
            results: [.init("number", "What the clock says now, in seconds since 1970.")],
            errors: LuaDocumentation.Raised.command + [.check],
            example: #"modem:set_clock(time.now())"#
        )
    ) { call throws(LuaFailure) in
        let seconds = call.arguments[0].isNil ? call.host.clock.wall : try call.arguments.number(0)
        guard let time = ModuleTime(secondsSince1970: seconds) else {
            throw call.arguments.failure(0, "the module's clock takes times from 2000 to 2069")
        }
        let options = try call.arguments.options(1, known: ["timeout"])
        return FlowStart(
            link: try call.modem().link,
            timeout: try options.duration("timeout") ?? .seconds(9),
            parameters: time
        )
    } _: { flow, time in
        try await flow.send(try flow.make { commands throws(ArgumentFault) in try commands.setClock(time) })
        let read = try moduleTime(
            try await flow.send(
                try flow.make { commands throws(ArgumentFault) in
                    try commands.clock()
                }
            )
        )
        guard abs(read.secondsSince1970 - time.secondsSince1970) <= 5 else {
            throw LuaFailure(.check, "the clock was set to \(time) and says \(read)")
        }
        return .values([.integer(read.secondsSince1970)])
    }

    private static let syncClock = LuaFunction.flow(
        "sync_clock",
        LuaDocumentation(
            "Sets the module's clock from a time server, over the PDP context.",
            parameters: [
                .options([
                    .init("server", "string", default: #""pool.ntp.org""#, "Name or address of the server."),
                    .init("zone", "integer", unit: "quarter hours", default: "0", in: -96...96, "Time zone."),
                    .timeout(default: "60"),
                ])
            ],
            results: [.init("number", "What the clock says now, in seconds since 1970.")],
            errors: LuaDocumentation.Raised.command + [.check],
            example: #"modem:sync_clock{ server = "pool.ntp.org", timeout = 60 }"#
        )
    ) { call throws(LuaFailure) in
        let options = try call.arguments.options(0, known: ["server", "zone", "timeout"])
        let server = try options.text("server") ?? "pool.ntp.org"
        let zone = Int(try options.integer("zone", in: -96...96) ?? 0)
        return FlowStart(
            link: try call.modem().link,
            timeout: try options.duration("timeout") ?? .seconds(60),
            parameters: (server: server, zone: zone)
        )
    } _: { flow, request in
        try await flow.send(
            try flow.make { commands throws(ArgumentFault) in
                try commands.timeServer(host: request.server, zone: request.zone)
            }
        )
        try await flow.send(try flow.make { commands throws(ArgumentFault) in try commands.synchroniseClock() })
        let read = try moduleTime(
            try await flow.send(
                try flow.make { commands throws(ArgumentFault) in
                    try commands.clock()
                }
            )
        )
        guard read.isSet else { throw LuaFailure(.check, "the clock is still not set: \(read)") }
        return .values([.integer(read.secondsSince1970)])
    }

    static func moduleTime(_ reply: Reply) throws(LuaFailure) -> ModuleTime {
        guard let time = reply.lines.lazy.compactMap({ ModuleTime($0) }).first else {
            throw LuaFailure(.protocol, "AT+CCLK?: no time in the answer")
        }
        return time
    }
}

extension ModuleTime {
    /// In UTC, to the second; nil outside 2000 to 2069, which two digits of a year can say.
    init?(secondsSince1970: Double) {
        guard (946_684_800..<3_155_760_000).contains(secondsSince1970) else { return nil }
        let total = Int(secondsSince1970)
        let days = total / 86_400
        let rest = total % 86_400
        // Days to a civil date, with years that begin in March so that the leap day is the last.
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1,
            hour: rest / 3600,
            minute: rest / 60 % 60,
            second: rest % 60
        )
    }
}
