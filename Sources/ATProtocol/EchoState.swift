/// Whether the module repeats what is written to it.
enum EchoState: Equatable, Sendable { case on, off, unknown }
