extension ATEngine {
    // MARK: Success

    /// The active exchange has all it waited for.
    mutating func succeed(_ active: Exchange, final: consuming FinalLine, at now: Moment) {
        queue.active = nil
        finish(active, final: final, at: now)
    }

    mutating func finish(_ exchange: Exchange, final: consuming FinalLine, at now: Moment) {
        if exchange.traits.hasEffects { apply(exchange.spec.effects) }
        if !queue.zombies.isEmpty { forgetResults(outlivedBy: exchange, clearing: exchange.spec.clears, at: now) }
        trace(.done, exchange: exchange.id, "ok", at: now)
        guard exchange.role == .caller else {
            internalEnded(exchange, at: now)
            return
        }
        let reply = exchange.takeReply(final: final, at: now)
        actions.append(.complete(exchange.id, .success(reply)))
    }

    private mutating func apply(_ effects: [CommandSpec.Effect]) {
        for effect in effects {
            switch effect {
            case .echo(let isOn): echo = isOn ? .on : .off
            case .verbose(let isOn): isTerse = !isOn
            case .restart: recovery.expectsRestart = true
            }
        }
    }

    // MARK: Failure

    /// The active exchange has its final result code, and it is no success.
    mutating func failActive(
        _ code: ATFailure.Code,
        text: String? = nil,
        final: Line? = nil,
        at now: Moment
    ) {
        guard let exchange = queue.active else { return }
        queue.active = nil
        if let final { exchange.final = final }
        complete(exchange, failing: code, text: text, at: now)
    }

    mutating func complete(
        _ exchange: Exchange,
        failing code: ATFailure.Code,
        text: String? = nil,
        at now: Moment
    ) {
        trace(.done, exchange: exchange.id, "\(code)", at: now)
        guard exchange.role == .caller, exchange.zombie == nil else {
            if exchange.zombie == nil { internalEnded(exchange, at: now) }
            return
        }
        let requested = exchange.requestedAt
        let failure = ATFailure(
            code: code,
            text: text ?? exchange.final.map { shown($0, of: exchange).text },
            command: String(decoding: exchange.command.shownLine, as: UTF8.self),
            lines: (exchange.lines.lines + [exchange.result].compactMap(\.self)).map { shown($0, of: exchange) },
            before: requested == nil ? [] : journal.recent.contents,
            urcs: journal.unsolicited(since: exchange.firstEvent),
            written: requested == nil ? .no : exchange.writtenAt == nil ? .unknown : .yes,
            queued: (requested ?? now) - exchange.submittedAt,
            elapsed: now - exchange.submittedAt
        )
        actions.append(.complete(exchange.id, .failure(failure)))
    }

    // MARK: Answered before the module has

    /// Answers the caller of the active exchange now; the module still owes what it owes.
    mutating func giveUpActive(_ code: ATFailure.Code, at now: Moment) {
        // What is released may end the exchange by itself.
        let id = queue.active?.id
        releaseHeld(asOwn: false)
        guard let exchange = queue.active, exchange.id == id, exchange.zombie == nil else { return }
        complete(exchange, failing: code, at: now)
        let wantsPrompt = exchange.spec.prompt != nil && [.gate, .prompt, .stalled].contains(exchange.phase)
        exchange.zombie = zombieState(
            of: exchange,
            owesFinal: exchange.phase != .tail,
            owesPrompt: wantsPrompt,
            at: now
        )
        if exchange.phase == .stalled {
            queue.active = exchange
            return
        }
        if wantsPrompt, configuration.barrier != .nextCommand, case .ready = recovery.state {
            queue.active = exchange
            stall(at: now)
            return
        }
        queue.active = nil
        decoder.expectedEcho = []
        if let write = exchange.dataWriteID { orphanedWrite = write }
        queue.zombies.append(exchange)
        if exchange.role != .caller { internalEnded(exchange, at: now) }
        pump(at: now)
    }

    mutating func giveUpPending(_ index: Int, _ code: ATFailure.Code, at now: Moment) {
        let exchange = queue.pending.remove(at: index)
        complete(exchange, failing: code, at: now)
        exchange.zombie = zombieState(of: exchange, owesFinal: false, owesPrompt: false, at: now)
        queue.zombies.append(exchange)
        pump(at: now)
    }

    /// When the module's own limit and the wire time of the data are over; on a slow line also what a message that is on
    /// its way to the host holds the answer up.
    mutating func limit(of exchange: Exchange, writtenAt moment: Moment) -> Moment {
        let answered = Moment(nanoseconds: moment.nanoseconds + exchange.traits.maximum + dataDelay)
        guard exchange.traits.hasPrompt else { return answered }
        return answered + configuration.wireTime(exchange.command.data?.count ?? 0)
    }

    private mutating func zombieState(
        of exchange: Exchange,
        owesFinal: Bool,
        owesPrompt: Bool,
        at now: Moment
    ) -> ZombieState {
        let times = configuration.recovery
        let limit = limit(of: exchange, writtenAt: exchange.requestedAt ?? now)
        return ZombieState(
            owesFinal: owesFinal,
            owesResult: exchange.spec.result != nil && exchange.result == nil,
            owesPrompt: owesPrompt,
            graceEnd: owesFinal ? max(limit, now + times.zombieGrace) : now + times.resultGrace,
            lanesUntil: now + times.laneHold,
            awaitsBarrier: owesFinal
        )
    }

    /// The module has accepted this exchange: it works on one command of a kind at a time, so zombies that wait for the
    /// same result, or whose lanes have been cleared, have lost theirs for good. They must not take those of later
    /// attempts.
    mutating func forgetResults(outlivedBy exchange: Exchange, clearing lanes: Lanes = [], at now: Moment) {
        guard !queue.zombies.isEmpty else { return }
        var forgotten: [ExchangeID] = []
        for index in queue.zombies.indices.reversed() {
            let zombie = queue.zombies[index]
            guard zombie.zombie?.owesResult == true,
                !zombie.spec.lanes.isDisjoint(with: lanes) || zombie.spec.expectsSameResult(as: exchange.spec)
            else { continue }
            queue.zombies[index].zombie?.owesResult = false
            guard zombie.zombie?.owesFinal != true else { continue }
            forgotten.append(queue.zombies.remove(at: index).id)
        }
        for id in forgotten.reversed() { deliver(.late(id, .neverAnswered), at: now) }
    }

    /// Host and module agree again: no final result code is owed any more.
    mutating func settleZombies(at now: Moment) {
        guard !queue.zombies.isEmpty else { return }
        for index in queue.zombies.indices.reversed() {
            guard let zombie = queue.zombies[index].zombie, zombie.awaitsBarrier else { continue }
            if zombie.owesResult {
                queue.zombies[index].zombie?.owesFinal = false
                queue.zombies[index].zombie?.owesPrompt = false
                queue.zombies[index].zombie?.awaitsBarrier = false
                queue.zombies[index].zombie?.graceEnd = now + configuration.recovery.resultGrace
            } else {
                let id = queue.zombies.remove(at: index).id
                deliver(.late(id, .neverAnswered), at: now)
            }
        }
    }
}

extension CommandSpec {
    fileprivate func expectsSameResult(as other: CommandSpec) -> Bool {
        guard let result, let otherResult = other.result else { return false }
        return result.shape == otherResult.shape && result.keyValue == otherResult.keyValue
    }
}
