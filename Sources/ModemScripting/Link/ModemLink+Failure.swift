import A7600
import ATProtocol
import LuaRuntime
import ModemSession

extension ModemLink {
    /// A command that failed, as scripts see it: kind and code to branch on, the code's name and advice in words.
    func failure(_ failure: ATFailure) -> LuaFailure {
        var words = session.state == .ready ? Self.words(failure) : Self.wordsBeforeReady(failure)
        words.command = failure.command
        words.lines = failure.lines.map(\.bytes)
        words.before = failure.before.isEmpty ? nil : failure.before
        words.urcs = recentLines(failure.urcs).map(\.bytes)
        words.elapsed = Seconds.of(failure.elapsed)
        return words
    }

    /// What waited in vain waited for the module, not for its turn.
    private static func wordsBeforeReady(_ failure: ATFailure) -> LuaFailure {
        guard case .timeout(.queue) = failure.code else { return words(failure) }
        return LuaFailure(
            .timeout,
            "\(failure.command): not sent, for the module did not answer within \(Seconds.shown(failure.elapsed)) s",
            name: ATFailure.Phase.queue.rawValue,
            hint: "it may be starting: give this call more time; else baud rate, the wrong port, or PPP on it"
        )
    }

    private static func words(_ failure: ATFailure) -> LuaFailure {
        let command = failure.command
        let hint = Hints.advice(for: failure.code)
        switch failure.code {
        case .timeout(let phase):
            let text = "\(command): no \(waitedFor(phase)) within \(Seconds.shown(failure.elapsed)) s"
            return LuaFailure(.timeout, text, name: phase.rawValue, hint: hint ?? timeoutHint(phase))
        case .error:
            return LuaFailure(.error, "\(command): ERROR")
        case .cme(let code):
            return reported(.cme, "+CME ERROR", code, code.flatMap(EquipmentError.explanation(cme:)), failure, hint)
        case .cms(let code):
            return reported(.cms, "+CMS ERROR", code, code.flatMap(EquipmentError.explanation(cms:)), failure, hint)
        case .result(let domain, let code):
            return result(domain, code, command, hint)
        case .lost(let cause):
            return LuaFailure(.lost, "\(command): \(text(of: cause))", hint: hint)
        case .prompt(let fault):
            return LuaFailure(.prompt, "\(command): \(text(of: fault))", hint: hint)
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
        case .gate: "answer (the module did not even echo the command)"
        case .prompt: "prompt"
        case .data: "end of the data phase"
        case .final: "answer"
        case .result: "result behind OK"
        }
    }

    private static func timeoutHint(_ phase: ATFailure.Phase) -> String {
        switch phase {
        case .queue: "another task is using the modem; wait for it, or give this call more time"
        case .prompt, .data: "the module did not take the data; it is put back in step before the next command"
        case .gate, .final: "check that this port takes AT commands, and its baud rate"
        case .result: "the outcome is unknown: the module may still do it"
        }
    }

    private static func reported(
        _ kind: LuaFailure.Kind,
        _ word: String,
        _ code: Int?,
        _ meaning: String?,
        _ failure: ATFailure,
        _ hint: String?
    ) -> LuaFailure {
        // The module's own line may stand for its words.
        let prefix = "\(word): "
        let said = failure.text.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
        let number = code.map(String.init)
        // A module that gives numbers leaves their meaning to its host.
        let name = said == number ? meaning : said
        let text =
            said == number ? [number, meaning.map { "(\($0))" }].compactMap(\.self).joined(separator: " ") : said
        let message = "\(failure.command): \(word): \(text ?? "unknown")"
        return LuaFailure(kind, message, code: code.map(Int64.init), name: name ?? number, hint: hint)
    }

    private static func result(
        _ domain: ResultSpec.Domain,
        _ code: Int,
        _ command: String,
        _ hint: String?
    ) -> LuaFailure {
        switch domain {
        case .mqtt:
            let name = ResultCode(rawValue: code).name
            let message = "\(command): \(name ?? "unknown code") (\(code))"
            return LuaFailure(.mqtt, message, code: Int64(code), name: name, hint: hint)
        case .time, .network, .other:
            return LuaFailure(.error, "\(command): result \(code)", code: Int64(code), hint: hint)
        }
    }

    private static func text(of cause: ATFailure.LossCause) -> String {
        switch cause {
        case .connection(let client, let cause):
            "client \(client) lost its connection (\(ConnectionLoss(client: client, cause: cause).words))"
        case .network: "the network is gone (+CMQTTNONET)"
        case .restarted: "the module restarted"
        case .portVanished: "the port is gone"
        case .unresponsive: "the module does not answer"
        }
    }

    private static func text(of fault: ATFailure.PromptFault) -> String {
        switch fault {
        case .missing: "the module did not ask for the data"
        case .payloadAborted: "the data phase was given up"
        }
    }
}
