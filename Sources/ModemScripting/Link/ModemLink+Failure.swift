import A7600
import ATProtocol
import LuaRuntime

extension ModemLink {
    /// A command that failed, as scripts see it: kind and code to branch on, the code's name and advice in words.
    func failure(_ failure: ATFailure) -> LuaFailure {
        var words = Self.words(failure)
        words.command = failure.command
        words.lines = failure.lines.map(\.bytes)
        words.before = failure.before.isEmpty ? nil : failure.before
        words.urcs = recentLines(failure.urcs).map(\.bytes)
        words.elapsed = Seconds.of(failure.elapsed)
        return words
    }

    private static func words(_ failure: ATFailure) -> LuaFailure {
        let command = failure.command
        switch failure.code {
        case .timeout(let phase):
            let seconds = Seconds.shown(failure.elapsed)
            return LuaFailure(
                .timeout,
                "\(command): no \(waitedFor(phase)) within \(seconds) s",
                name: phase.rawValue,
                hint: timeoutHint(phase)
            )
        case .error:
            return LuaFailure(.error, "\(command): ERROR")
        case .cme(let code):
            return reported(.cme, "+CME ERROR", code, failure)
        case .cms(let code):
            return reported(.cms, "+CMS ERROR", code, failure)
        case .result(let domain, let code):
            return result(domain, code, command)
        case .lost(let cause):
            return LuaFailure(.lost, "\(command): \(text(of: cause))")
        case .prompt(let fault):
            return LuaFailure(.prompt, "\(command): \(text(of: fault))")
        case .cancelled:
            return LuaFailure(.cancelled, "\(command): cancelled")
        case .closed:
            return LuaFailure(.closed, "\(command): the port is closed")
        case .protocolFault:
            return LuaFailure(.protocol, "\(command): the answer cannot be trusted\(tail(failure.text))")
        case .argument:
            return LuaFailure(.argument, failure.text ?? "\(command): refused")
        }
    }

    private static func tail(_ text: String?) -> String {
        text.map { ": \($0)" } ?? ""
    }

    private static func waitedFor(_ phase: ATFailure.Phase) -> String {
        switch phase {
        case .queue: "turn (other commands were in the way)"
        case .gate: "turn (the module was still busy with an earlier command)"
        case .prompt: "prompt"
        case .data: "end of the data phase"
        case .final: "answer"
        case .result: "result behind OK"
        }
    }

    private static func timeoutHint(_ phase: ATFailure.Phase) -> String {
        switch phase {
        case .queue, .gate: "another task is using the modem; wait for it, or give this call more time"
        case .prompt, .data: "the module did not take the data; it is put back in step before the next command"
        case .final: "check that this port takes AT commands, and its baud rate"
        case .result: "the outcome is unknown: the module may still do it"
        }
    }

    private static func reported(
        _ kind: LuaFailure.Kind,
        _ word: String,
        _ code: Int?,
        _ failure: ATFailure
    ) -> LuaFailure {
        let text = failure.text ?? code.map(String.init) ?? "unknown"
        return LuaFailure(
            kind,
            "\(failure.command): \(word): \(text)",
            code: code.map(Int64.init),
            name: failure.text,
            hint: kind == .cme ? cmeHint(code) : nil
        )
    }

    private static func cmeHint(_ code: Int?) -> String? {
        switch code {
        case 10: "no SIM: check the holder and its contacts"
        case 11: "the SIM wants its PIN: AT+CPIN"
        case 12: "the SIM is locked: it wants its PUK"
        case 13, 14: "the SIM is not ready; just after a start it needs up to 30 s"
        case 30, 31: "no network: check antenna, signal() and registration()"
        case 148, 149: "the network refused user name or password of the PDP context: check pdp{ user, password }"
        default: nil
        }
    }

    private static func result(_ domain: ResultSpec.Domain, _ code: Int, _ command: String) -> LuaFailure {
        switch domain {
        case .mqtt:
            let result = ResultCode(rawValue: code)
            let name = result.name ?? "unknown code"
            let advice = result.advice.isEmpty ? nil : result.advice
            return LuaFailure(
                .mqtt,
                "\(command): \(name) (\(code))",
                code: Int64(code),
                name: result.name,
                hint: advice
            )
        case .time:
            let name = timeErrors[code]
            return LuaFailure(
                .error,
                "\(command): \(name ?? "failed") (\(code))",
                code: Int64(code),
                name: name,
                hint: "the time server is reached over the PDP context: check addresses() and the server's name"
            )
        case .network, .other:
            return LuaFailure(.error, "\(command): result \(code)", code: Int64(code))
        }
    }

    /// Results of `+CNTP`.
    private static let timeErrors = [
        1: "unknown error", 2: "wrong parameter", 3: "date and time calculation error", 4: "network error",
        5: "time zone error", 6: "timeout",
    ]

    private static func text(of cause: ATFailure.LossCause) -> String {
        switch cause {
        case .connection(let client, let cause):
            "client \(client) lost its connection (\(ConnectionLoss(client: client, cause: cause).words))"
        case .network: "the network is gone (+CMQTTNONET)"
        case .restarted: "the module restarted"
        case .portVanished: "the port is gone"
        case .unresponsive: "the module does not answer any more"
        }
    }

    private static func text(of fault: ATFailure.PromptFault) -> String {
        switch fault {
        case .missing: "the module did not ask for the data"
        case .payloadAborted: "the data phase was given up"
        }
    }
}
