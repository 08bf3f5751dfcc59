/// How a client reaches its server: `<server_type>` of ACCQ.
public enum ServerType: Int, CaseIterable, Sendable {
    case tcp = 0
    case tls = 1
}
