import A7600
import ATProtocol
import LuaRuntime
import ModemSession
import Synchronization

extension ModemLink {
    /// Listens to the session for as long as it lives. The handler runs on its executor, in the order of the wire.
    func observe() {
        session.observe { event in
            self.happened(event)
        }
        session.observePort { change in
            self.changed(change)
        }
    }

    /// What the module knew it may still know, unless it lost its power: the host must ask.
    private func changed(_ change: PortChange) {
        switch change {
        case .opened(let generation, _):
            guard generation.number > 1 else { return }
            listeners.tell(.port(.reopened(opening: Int(generation.number))))
        case .lost:
            module.withLock { $0.portLost() }
            listeners.tell(.port(.lost))
            listeners.tell(.lost(ClientLoss(client: nil, cause: 0, text: "the port is gone")))
        case .stillClosed: break
        case .abandoned(let error): listeners.tell(.port(.abandoned(error.message)))
        }
    }

    private func happened(_ event: Event) {
        if case .urc(let line, _) = event.body { remember(line, event.sequence) }
        switch assemble(event.body) {
        case .unrelated: break
        case .absorbed(let message):
            if let message { listeners.tell(.message(message)) }
            return
        case .interrupted(let message): listeners.tell(.message(message))
        }
        switch event.body {
        case .urc(let line, _): heard(line)
        case .frame: break
        case .late(_, let outcome): listeners.tell(.late(Self.text(of: outcome)))
        case .anomaly(let anomaly): listeners.tell(.anomaly(Self.text(of: anomaly)))
        case .state(let state): listeners.tell(.port(.state(Self.text(of: state))))
        case .restarted(let expected):
            module.withLock { $0.restarted() }
            listeners.tell(.restarted(expected: expected))
            listeners.tell(.lost(ClientLoss(client: nil, cause: 0, text: "the module restarted")))
        }
    }

    private func heard(_ line: Line) {
        listeners.tell(.urc(line))
        guard let loss = Self.loss(in: line) else { return }
        module.withLock { knowledge in
            if let client = loss.client {
                knowledge.connectionLost(client: client)
            } else {
                knowledge.networkGone()
            }
        }
        listeners.tell(.lost(loss))
    }

    /// `+CMQTTCONNLOST: 0,1` and `+CMQTTNONET`.
    static func loss(in line: Line) -> ClientLoss? {
        if line.bytes.elementsEqual("+CMQTTNONET".utf8) {
            return ClientLoss(client: nil, cause: 3, text: "the network is gone")
        }
        return ConnectionLoss(line).map { ClientLoss(client: $0.client, cause: $0.cause, text: $0.words) }
    }

    private static func text(of outcome: LateOutcome) -> String {
        switch outcome {
        case .line(let line): "line of an earlier command: \(line.text)"
        case .succeeded(let line): "an earlier command has succeeded\(line.map { ": \($0.text)" } ?? "")"
        case .failed(let line): "an earlier command has failed\(line.map { ": \($0.text)" } ?? "")"
        case .neverAnswered: "an earlier command was never answered"
        case .payloadAborted: "the data of an earlier command were filled up and discarded"
        }
    }

    private static func text(of anomaly: Anomaly) -> String {
        switch anomaly {
        case .overflow(let limit): "a line above \(limit) bytes was cut"
        case .strayFinal(let line): "a final result code that belongs to no command: \(line.text)"
        case .unexpectedPrompt: "a prompt nobody waits for"
        case .holdOverflow: "too many unsolicited lines while a command was open"
        case .truncatedFrame(let got, let count): "a received message was cut: \(got) of \(count) bytes"
        case .frameSuspect: "a received message does not fit its length"
        case .frameRefused(let line): "a length that cannot be believed: \(line.text)"
        case .quarantined(let line): "read while out of step: \(line.text)"
        }
    }

    private static func text(of state: LinkState) -> String {
        switch state {
        case .closed: "closed"
        case .synchronising: "synchronising"
        case .ready: "ready"
        case .silent: "silent"
        case .reopening: "reopening"
        case .resetting: "resetting"
        case .restarting: "restarting"
        case .failed: "failed"
        }
    }
}
