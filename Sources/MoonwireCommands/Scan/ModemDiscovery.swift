internal import A7600
internal import ATProtocol
internal import ModemSession
internal import ModemTransports

/// Finds the modems of this machine and asks them who they are.
///
/// Only ports that look like the AT interface of a known modem are opened, one after the other until one answers, and
/// never while another process has one of them.
struct ModemDiscovery: Sendable {
    var scanner = PortScanner.system
    var serial = SerialOptions()
    var profile: Profile = .a7600
    var asking = Asking.asked
    /// How long one port may take to answer.
    var patience: Duration = .milliseconds(1500)

    enum Asking: Equatable, Sendable { case asked, notAsked }

    /// By topology. Modules are asked at the same time.
    func modems() async -> [FoundModem] {
        await look(at: scanner.scan())
    }

    /// The modems among these devices, in their order.
    func look(at devices: [USBDevice]) async -> [FoundModem] {
        await withTaskGroup(of: (Int, FoundModem?).self) { group in
            for (index, device) in devices.enumerated() {
                group.addTask { (index, await look(at: device)) }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.compactMap(\.1)
        }
    }

    /// Nil: no modem.
    func look(at device: USBDevice) async -> FoundModem? {
        let candidates = device.candidates
        guard let likeliest = candidates.first else { return nil }
        var found = FoundModem(device: device, port: likeliest, occupant: .nobody, answer: .notAsked)
        for candidate in candidates {
            found.occupant = PortOccupant.of(candidate)
            if case .process = found.occupant {
                found.port = candidate
                return found
            }
        }
        found.occupant = PortOccupant.of(likeliest)
        guard asking == .asked else { return found }
        var reasons: [String] = []
        for candidate in candidates {
            found.answer = await ask(candidate)
            switch found.answer {
            case .identified:
                found.port = candidate
                return found
            case .silent(let reason): reasons.append(reason)
            case .notAsked: break
            }
        }
        // The likeliest port stands in the table, so its reason does too.
        if let reason = reasons.first { found.answer = .silent(reason) }
        return found
    }

    private func ask(_ port: SerialPortEntry) async -> FoundModem.Answer {
        do {
            let transport = SerialTransport(path: port.path, options: serial, scanner: scanner)
            return try await withSession(
                on: transport,
                profile: profile,
                options: SessionOptions(profile: profile.name, reopening: .never)
            ) { session in
                let model = try await line(of: "AT+CGMM", session)
                let imei = try await line(of: "AT+CGSN", session)
                return .identified(model: model, imei: imei)
            }
        } catch let error as ATFailure {
            return .silent("\(port.name): \(ConsoleText.words(error))")
        } catch let error as TransportError {
            return .silent("\(port.name): \(error.message)")
        } catch {
            return .silent("\(port.name): \(error)")
        }
    }

    private func line(of text: String, _ session: ModemSession) async throws -> String {
        var command = try Catalogue.command(line: text, profile: profile)
        command.timeout = patience
        return ByteText.line(try await session.send(command).lines.first?.bytes ?? [])
    }
}

extension PortScanner {
    /// This machine's; `MOONWIRE_SYSFS` and `MOONWIRE_DEVICES` name other trees, for tests and containers.
    static var system: PortScanner {
        PortScanner(
            sysfs: environment("MOONWIRE_SYSFS") ?? "/sys",
            devices: environment("MOONWIRE_DEVICES") ?? "/dev"
        )
    }
}
