internal import ATProtocol
internal import Synchronization

/// Proof that a reopened port leads to the module it led to before.
extension ModemSession {
    /// At the first opening: an ordinary command, ahead of all others. If it fails, nothing is checked later.
    func readIdentity() {
        guard case .command(let command) = options.identity, generation.number == 1 else { return }
        begin(
            makeExchangeID(),
            Exchange(command: command) { result in
                guard case .success(let reply) = result else { return }
                self.proof.withLock { $0 = reply.lines }
            }
        )
    }

    func verify(_ identity: [Line], of transport: any ModemTransport) {
        guard case .command(let command) = options.identity else { return }
        verified = { [weak self] result in
            self?.assumeIsolated { $0.identityCame(result, expected: identity, of: transport) }
        }
        let question = makeExchangeID()
        probe = IdentityProbe(configuration, question: question)
        feedProbe(.opened(generation))
        feedProbe(.submitted(question, command))
    }

    /// Carries on the identity check of a line that is being verified.
    func feedProbe(_ input: ATProtocol.Input) {
        probeInputs.append(input)
        guard probeInputs.count == 1 else { return }
        var next = 0
        while next < probeInputs.count, let step = probe?.apply(probeInputs[next], at: executor.now()) {
            for (id, bytes) in step.writes {
                if case .verifying(let line) = phase { line.write(bytes, as: id) }
            }
            keep(step.records)
            if let answer = step.answer {
                // So that no received byte stays without a record.
                if let rest = probe?.apply(.closed(.closed), at: executor.now()) { keep(rest.records) }
                probe = nil
                verified?(answer)
            }
            next += 1
        }
        probeInputs.removeAll()
        setTimer()
    }

    private func keep(_ records: [Record]) {
        guard let trace else { return }
        for record in records { trace.record(recordNumbers.inserted(record), wall: .now()) }
    }

    private func identityCame(
        _ result: Result<Reply, ATFailure>,
        expected: [Line],
        of transport: any ModemTransport
    ) {
        guard case .verifying(let line) = phase else { return }
        switch result {
        case .success(let reply) where reply.lines == expected:
            proceed(on: line, of: transport)
        case .success:
            let error = TransportError(
                code: .differentModule,
                port: transport.name,
                message: "another module answers than before; connect the first one again"
            )
            openingFailed(error)
            continueServing()
        case .failure(let failure):
            identityUnknown("the module does not say who it is (\(failure.code))")
        }
    }

    /// Neither the same nor another: the port is opened anew.
    func identityUnknown(_ message: String) {
        probe = nil
        openingFailed(TransportError(code: .unreachable, port: "", message: message))
        continueServing()
    }
}
