extension Commands {
    static let certificates: [CommandDescription] = [
        certificateDownload, certificateList, certificateDelete, certificateMove,
    ]
}
