/// What an inspection found in a certificate or key file.
struct FileFindings: Sendable, Equatable {
}
