internal import A7600
internal import ATProtocol

/// Why a command line would be refused before it is sent, whatever the firmware.
enum CommandLineRefusal {
    /// Nil: at least one firmware profile takes it.
    static func reason(line: [UInt8], data: [UInt8]?) -> String? {
        var first: String?
        for name in Profile.allNames {
            guard let profile = Profile(name: name) else { continue }
            do throws(ArgumentFault) {
                _ = try Catalogue.command(line: line, data: data, profile: profile, checking: .strict)
                return nil
            } catch {
                first =
                    first
                    ?? (error.parameter == "line" ? "\(error.value); allowed: \(error.allowed)" : error.description)
            }
        }
        return first
    }
}
