internal import ATProtocol
internal import Logging

extension ModemSession {
    /// Opens the line, and again after each loss, until the session ends or the port is given up.
    func serve(_ transport: any ModemTransport) async {
        while !isOver {
            generation.number += 1
            phase = .opening
            isContinued = false
            early.removeAll()
            let current = generation
            do {
                try await transport.withLine { input in
                    self.enter { $0.received(input, of: current) }
                } _: { line in
                    opened(line, of: transport)
                    await lineEnds()
                }
            } catch {
                openingFailed(TransportError(error, port: transport.name))
            }
            await pauseBeforeReopening()
        }
    }

    private var isOver: Bool {
        switch phase {
        case .opening, .open, .verifying, .lost: false
        case .abandoned, .ended: true
        }
    }

    private func opened(_ line: any OpenLine, of transport: any ModemTransport) {
        guard case .opening = phase else { return }
        if let identity {
            phase = .verifying(line)
            verify(identity, of: transport)
        } else {
            proceed(on: line, of: transport)
            readIdentity()
        }
        let inputs = early
        early.removeAll()
        for input in inputs { received(input, of: generation) }
    }

    /// The line leads to the module: the core may use it.
    func proceed(on line: any OpenLine, of transport: any ModemTransport) {
        phase = .open(line)
        lostAt = nil
        logger.debug("port opened", metadata: ["port": "\(transport.name)", "generation": "\(generation.number)"])
        portChanges.call(.opened(generation, name: transport.name))
        feed(.opened(generation))
        firstOpening.tell(.success(()))
    }

    private func received(_ input: LineInput, of generation: PortGeneration) {
        guard generation == self.generation else { return }
        switch (phase, input) {
        case (.opening, _): early.append(input)
        case (.open, .closed(let loss, _)): loseLine(loss)
        case (.open, _): feed(.line(input))
        case (.verifying, .bytes(let bytes, _)): feedProbe(.received(bytes))
        case (.verifying, .written(let id, _)): feedProbe(.written(id))
        case (.verifying, .closed): identityUnknown("the port was lost again")
        case (.lost, _), (.abandoned, _), (.ended, _): break
        }
    }

    /// Tells the core and the observers, and lets the serving task go on.
    /// - Parameter seen: what the observers are told; nil: the same.
    func loseLine(_ loss: PortLoss, seenAs seen: PortLoss? = nil) {
        guard case .open = phase else { return }
        phase = .lost
        lostAt = executor.now()
        escape = nil
        logger.debug("port lost", metadata: ["generation": "\(generation.number)"])
        feed(.closed(loss))
        portChanges.call(.lost(generation, seen ?? loss))
        continueServing()
    }

    func openingFailed(_ error: TransportError) {
        guard !isOver else { return }
        phase = .lost
        if generation.number == 1 {
            firstOpening.tell(.failure(error))
            abandon(error)
        } else if isPatienceOver || error.code == .differentModule {
            abandon(error)
        } else {
            portChanges.call(.stillClosed(error))
        }
    }

    private var isPatienceOver: Bool {
        switch options.reopening {
        case .never: true
        case .retry(_, let patience): lostAt.map { executor.now() - $0 >= patience } ?? true
        }
    }

    func abandon(_ error: TransportError) {
        phase = .abandoned
        logger.debug("port given up", metadata: ["error": "\(error)"])
        feed(.closed(.vanished))
        failOpenExchanges(.lost(.portVanished))
        portChanges.call(.abandoned(error))
        subscriptions.close()
    }

    private func pauseBeforeReopening() async {
        guard case .lost = phase else { return }
        switch options.reopening {
        case .never:
            abandon(TransportError(code: .notFound, port: "", message: "the port is gone"))
        case .retry(let interval, _):
            isContinued = false
            let timer = executor.makeTimer { [weak self] in
                self?.assumeIsolated { $0.continueServing() }
            }
            timer.set(executor.now() + interval)
            await pauseEnds()
            timer.set(nil)
        }
    }

    private func lineEnds() async {
        switch phase {
        case .open, .verifying: await toBeContinued()
        case .opening, .lost, .abandoned, .ended: return
        }
    }

    /// Waits for the timer, or for the end of the session.
    private func pauseEnds() async {
        guard case .lost = phase else { return }
        await toBeContinued()
    }

    /// The wait may begin later than this call: what it waits for may have come before.
    private func toBeContinued() async {
        await withCheckedContinuation { continuation in
            if isContinued {
                isContinued = false
                continuation.resume()
            } else {
                serving = continuation
            }
        }
    }

    func continueServing() {
        isContinued = serving == nil
        serving?.resume()
        serving = nil
    }

    /// Fails what is open with `closed`, ends every subscription and lets the serving task close the line.
    func end() {
        guard !isEnded else { return }
        feed(.closed(.closed))
        failOpenExchanges(.closed)
        phase = .ended
        deadline = nil
        escape = nil
        timer?.set(nil)
        subscriptions.close()
        continueServing()
    }

    private var isEnded: Bool {
        if case .ended = phase { true } else { false }
    }
}
