public import ATProtocol

/// What `ATI` and `AT+SIMCOMATI` tell of the module.
public struct ModuleIdentity: Hashable, Sendable {
    public var manufacturer: String?
    public var model: String?
    /// One or two revisions, in order.
    public var revisions: [String] = []
    public var imei: String?

    /// - Parameter lines: the information lines of the answer; unknown ones are skipped.
    public init(_ lines: [Line]) {
        var last = ""
        for line in lines.map(\.text) {
            guard let colon = line.firstIndex(of: ":") else {
                // The second revision stands on a line of its own.
                if last == "Revision" { revisions.append(line) }
                continue
            }
            last = String(line[..<colon])
            let value = String(line[line.index(after: colon)...].drop { $0 == " " })
            guard !value.isEmpty else { continue }
            switch last {
            case "Manufacturer": manufacturer = value
            case "Model": model = value
            case "Revision": revisions.append(value)
            case "IMEI": imei = value
            default: break
            }
        }
    }
}
