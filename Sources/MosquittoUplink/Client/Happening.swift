import ModemSimulator

/// What libmosquitto reported through a callback, kept until the call that caused it has returned.
enum Happening: Equatable {
    /// CONNACK with its return code; 0 is acceptance.
    case acknowledged(Int)
    /// The socket is closed.
    case closed
    case published(Int32)
    case subscribed(Int32, granted: [UInt8])
    case unsubscribed(Int32)
    case message(UplinkMessage)
}
