import A7600
import LuaRuntime
import Synchronization

/// One SSL context of the module.
final class TLSContextObject: LuaObject {
    let link: ModemLink
    let index: Int

    init(link: ModemLink, index: Int) {
        self.link = link
        self.index = index
    }

    /// Seconds the module may take for a negotiation, as last read or written.
    var knownNegotiateTime: Int {
        link.module.withLock { $0.contexts[index] }?.negotiateTime ?? TLSSettings(context: index).negotiateTime
    }

    var luaClass: LuaClass { Self.luaClass }

    static let luaClass = LuaClass(
        "TLSContext",
        "One of the ten SSL contexts of the module.",
        properties: [
            LuaClass.Property("index", "integer", "0 to 9.") { object throws(LuaFailure) in
                .integer((object as? TLSContextObject)?.index ?? 0)
            }
        ]
    )
}
