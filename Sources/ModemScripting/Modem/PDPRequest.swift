import A7600
import ATProtocol
import LuaRuntime
import Synchronization

/// `modem:pdp{ … }`.
struct PDPRequest: Sendable {
    var cid: Int
    var type: String
    var apn: String
    /// Nil: the context needs none.
    var authentication: Authentication?

    struct Authentication: Sendable, Equatable {
        var user: [UInt8]?
        var password: [UInt8]?
        var protection: Int
    }

    private static let names = ["cid", "type", "apn", "user", "password", "auth", "timeout"]
    private static let protections = ["pap": 1, "chap": 2, "either": 3]

    static let start: @Sendable (LuaCall) throws(LuaFailure) -> FlowStart<PDPRequest> = { call throws(LuaFailure) in
        _ = try call.arguments.table(0)
        let options = try call.arguments.options(0, known: names)
        guard let apn = try options.text("apn") else { throw options.failure("apn", "is missing") }
        let authentication = Authentication(
            user: try options.scriptBytes("user")?.bytes,
            password: try options.scriptBytes("password")?.bytes,
            protection: protections[try options.choice("auth", of: ["pap", "chap", "either"]) ?? "pap"] ?? 1
        )
        let request = PDPRequest(
            cid: Int(try options.integer("cid", in: 1...15) ?? 1),
            type: try options.choice("type", of: ["IP", "IPV6", "IPV4V6"]) ?? "IP",
            apn: apn,
            authentication: authentication.user == nil && authentication.password == nil ? nil : authentication
        )
        return FlowStart(
            link: try call.modem().link,
            timeout: try options.duration("timeout") ?? .seconds(30),
            parameters: request
        )
    }

    static let run: @Sendable (Flow, PDPRequest) async throws -> Flow.End = { flow, request in
        var changes: [String] = []
        if try await request.isDefined(flow) == false {
            let define = try flow.make { commands throws(ArgumentFault) in
                try commands.defineContext(cid: request.cid, type: request.type, apn: request.apn)
            }
            try await flow.send(define)
            guard try await request.isDefined(flow) else {
                throw LuaFailure(.check, "PDP context \(request.cid) reads back differently than it was written")
            }
            changes.append("context \(request.cid) is \(request.type) \"\(request.apn)\"")
        }
        if let authentication = request.authentication,
            flow.link.module.withLock({ $0.authentications[request.cid] }) != authentication || !changes.isEmpty
        {
            try await request.send(authentication, flow)
            changes.append("authentication of context \(request.cid) sent, as the module does not show what it has")
        }
        return .values([.list(changes.map { .text($0) })])
    }

    private func isDefined(_ flow: Flow) async throws(LuaFailure) -> Bool {
        let reply = try await flow.send(try flow.make { commands throws(ArgumentFault) in try commands.contexts() })
        return reply.lines.contains { line in
            let fields = AnswerFields(line.bytes)
            return fields.integer(0) == cid && fields.text(1) == type && fields.text(2) == apn
        }
    }

    /// The module does not show what it has: what this run has set is all that is known.
    private func send(_ authentication: Authentication, _ flow: Flow) async throws(LuaFailure) {
        func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
        let command = try flow.make { commands throws(ArgumentFault) in
            try commands.authentication(
                cid: cid,
                protection: authentication.protection,
                user: text(authentication.user),
                password: text(authentication.password)
            )
        }
        try await flow.send(command)
        flow.link.module.withLock { $0.authentications[cid] = authentication }
    }
}
