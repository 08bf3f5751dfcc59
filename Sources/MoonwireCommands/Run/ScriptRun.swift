internal import A7600
internal import Glibc
internal import LuaRuntime
internal import ModemScripting
internal import ModemSession
internal import ModemTransports
internal import Synchronization

/// One run from the opened port to the written records.
struct ScriptRun {
    let script: ScriptFile
    let params: LuaTable
    let settings: PortSettings
    let address: PortAddress?
    let command: Run

    func execute() async throws -> ExitStatus {
        let folder = try StateFolder.makeRunFolder()
        let tracePath = command.records.trace ?? folder + "/trace.jsonl"
        let interrupts = InterruptRelay { leave(at: $0, folder) }
        var hasBegun = false
        do {
            let trace = try TraceFile(path: tracePath)
            return try await SignalWatch.withSignals([SIGINT, SIGTERM, SIGQUIT], handler: { interrupts.signal($0) }) {
                let connector = ModemConnector(settings: settings, notice: notice)
                return try await connector.withModem(address, trace: trace) { modem in
                    hasBegun = true
                    let place = Place(folder: folder, trace: tracePath, file: trace)
                    return try await run(on: modem, connector, place, interrupts)
                }
            }
        } catch {
            if !hasBegun { recordRefusal(error, folder) }
            throw error
        }
    }

    /// Whatever the port, the broker or the disk is waited for: the operator does not wait any longer.
    private func leave(at signal: Int32, _ folder: String) -> Never {
        let status: ExitStatus = signal == SIGTERM ? .terminated : .interrupted
        let failure = CommandFailure(status, "interrupted before the script began")
        recordRefusal(failure, folder, .takenOver)
        PortLocks.removeFiles()
        StandardError.say("moonwire: \(failure.message)")
        _exit(status.rawValue)
    }

    /// What kept the script from beginning is in the records, too. That they cannot be written is said besides.
    private func recordRefusal(_ error: any Error, _ folder: String, _ durability: OutputFile.Durability = .onDisk) {
        let failure = CommandFailure(error) ?? CommandFailure(.usage, "\(error)")
        let facts = facts(port: command.port.port, settings.profile.name)
        let outcome: RunReport.Outcome = [.interrupted, .terminated].contains(failure.status) ? .aborted : .error
        let report = RunReport(neverBegan: failure.message, outcome)
        let records = RunRecords(facts: facts, report: report, exit: failure.status)
        do throws(CommandFailure) {
            try records.write(to: folder, command.records, durability)
        } catch {
            StandardError.say("moonwire: \(error.message)")
        }
    }

    private struct Place {
        var folder: String
        var trace: String
        var file: TraceFile
    }

    private func notice(_ text: String) {
        if !command.output.quiet { StandardError.say(text) }
    }

    private func run(
        on modem: OpenedModem,
        _ connector: ModemConnector,
        _ place: Place,
        _ interrupts: InterruptRelay
    ) async throws -> ExitStatus {
        let identity = ModemIdentity(session: modem.session)
        let given = given(to: modem)
        let host = ScriptHost(
            ScriptHost.Setup(
                modem: modem,
                params: given.params,
                reporter: reporter,
                opener: FurtherModems(connector: connector)
            )
        )
        modem.session.observePort { change in
            if case .abandoned(let error) = change { interrupts.portAbandoned(error) }
        }
        let blocked: @Sendable (LuaBlockage) -> Void = { blockage in
            Blocked(
                blockage: blockage,
                facts: facts(modem, identity, place),
                host: host,
                trace: place.file,
                folder: place.folder,
                records: command.records,
                isJSON: command.output.json
            ).leave()
        }
        let output = host.output
        let outcome = await LinkWatch.during(modem.session) { tone, text in
            output.log(LuaLogRecord(tone == .bad ? .warning : .info, text))
        } _: {
            await withVM(host, given.grants, modem.clock, interrupts, blocked)
        }
        await host.finish()
        var report = host.report(outcome)
        if report.outcome == .pass, let objection = try await modem.objection?() {
            report.outcome = .fail
            report.reason = objection
        }
        let abandonment = interrupts.abandonment
        let status =
            abandonment.map { ExitStatus($0) }
            ?? ExitStatus(report: report, ending: outcome.ending, signal: interrupts.first)
        let records = RunRecords(facts: facts(modem, identity, place), report: report, exit: status)
        // The verdict is told even where it cannot be kept.
        defer {
            conclude(report, status, place)
            if let abandonment { StandardError.say("moonwire: \(abandonment)") }
        }
        try records.write(to: place.folder, command.records)
        return status
    }

    /// With a simulated module, or its record, `params.certs` is the folder with what the listeners of its broker ask for.
    private func given(to modem: OpenedModem) -> (params: LuaTable, grants: LuaGrants) {
        var (params, grants) = (params, command.options.grants)
        if modem.simulator != nil || modem.clock != nil, params["certs"].isNil {
            params["certs"] = .text(CacheFolder.brokerCredentials)
            grants.read.append(CacheFolder.brokerCredentials)
        }
        return (params, grants)
    }

    private func withVM(
        _ host: ScriptHost,
        _ grants: LuaGrants,
        _ clock: (any LuaClock)?,
        _ interrupts: InterruptRelay,
        _ blocked: @escaping @Sendable (LuaBlockage) -> Void
    ) async -> LuaOutcome {
        var program = LuaProgram(source: script.source, name: script.name, folder: script.folder, output: host.output)
        program.modulePaths = command.options.modulePath
        program.arguments = command.options.arguments
        program.modules = host.modules
        program.libraries = ScriptAPI.libraries
        program.secrets = host.secrets
        program.limits = command.limits.limits
        if let clock { program.clock = clock }
        program.grants = grants
        program.seed = command.port.seed ?? UInt64.random(in: 1...UInt64(UInt32.max))
        program.onClosing = { host.closing() }
        program.onBlocked = blocked
        let vm = LuaVM(program)
        interrupts.attach(vm)
        defer { interrupts.detach() }
        return await vm.run()
    }

    private var reporter: any RunReporter {
        if command.output.json { return JSONReporter() }
        let volume: ConsoleReporter.Volume = command.output.quiet ? .quiet : command.output.verbose ? .verbose : .normal
        return ConsoleReporter(volume: volume, style: Style(command.output.color))
    }

    private func facts(_ modem: OpenedModem, _ identity: ModemIdentity, _ place: Place) -> LuaTable {
        var facts = facts(port: modem.port, modem.profile.name)
        facts["imei"] = .optional(identity.imei)
        facts["trace"] = .text(place.trace)
        return facts
    }

    private func facts(port: String?, _ profile: String) -> LuaTable {
        LuaTable([
            "version": .text(Version.number),
            "api": .integer(Version.scriptAPI),
            "script": .text(script.name),
            "script_sha256": .text(LuaHash.sha256(script.source)),
            "port": .optional(port),
            "profile": .text(profile),
        ])
    }

    private func conclude(_ report: RunReport, _ status: ExitStatus, _ place: Place) {
        if command.output.json {
            var end = report.asTable
            end["event"] = "end"
            end["exit"] = .integer(Int(status.rawValue))
            end["trace"] = .text(place.trace)
            JSONReporter.write(end)
            return
        }
        let style = Style(command.output.color, descriptor: STDERR_FILENO)
        let summary = RunSummary(
            script: script.name,
            report: report,
            trace: place.trace,
            style: Style(command.output.color)
        )
        if let explanation = summary.explanation { StandardError.say(style.bad("error: ") + explanation) }
        if !command.output.quiet { StandardOutput.write(summary.verdict + "\n") }
    }
}
