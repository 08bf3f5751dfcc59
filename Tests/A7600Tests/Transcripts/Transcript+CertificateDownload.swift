extension Transcript {
    static let certificateDownload = Transcript(
        "04_a7670e_certificate_download",
        #"""
        # source: A7670E-FASE, terminal, excerpt; Xinyuan-LilyGO/LilyGo-Modem-Series #245
        # module: A7670E-FASE, Revision A011B07A7670M7_F / A7670M7_B07V01_240927 (IMEI masked)
        # fidelity: terminal, excerpt. Certificate bodies are not part of the log; the lengths are those of the commands.
        < +CGEV: ME PDN ACT 8,1
        > AT+CPSI?
        < AT+CPSI?
        <
        < +CPSI: LTE,Online,460-11,0x775C,27159101,62,EUTRAN-BAND8,3740,3,0,8,49,53,-3
        <
        < OK
        > AT+NETOPEN
        < AT+NETOPEN
        <
        < OK
        <
        < +NETOPEN: 0
        > AT+IPADDR
        <
        < SMS DONE
        < AT+IPADDR
        <
        < +IPADDR: 10.21.157.148
        <
        < OK
        > AT+SIMCOMATI
        < AT+SIMCOMATI
        <
        < Manufacturer: INCORPORATED
        < Model: A7670E-FASE
        < Revision: A011B07A7670M7_F
        < A7670M7_B07V01_240927
        < QCN:
        < IMEI: xxxxxxxxxxxxxxx
        < MEID:
        < +GCAP: +CGSM,+FCLASS,+DS
        < DeviceInfo:
        <
        < OK
        > AT+CMQTTSTART
        < AT+CMQTTSTART
        <
        < OK
        <
        < +CMQTTSTART: 0
        > AT+CCERTDOWN="ca_cert.pem",1189
        < AT+CCERTDOWN="ca_cert.pem",1189
        <
        < >
        # 1189 bytes of PEM (first byte is LF)
        <
        < OK
        > AT+CSSLCFG="cacert",0,"ca_cert.pem"
        < AT+CSSLCFG="cacert",0,"ca_cert.pem"
        <
        < OK
        > AT+CCERTDOWN="cert.pem",1221
        < AT+CCERTDOWN="cert.pem",1221
        <
        < >
        # 1221 bytes of PEM
        <
        < OK
        > AT+CSSLCFG="clientcert",0,"cert.pem"
        < AT+CSSLCFG="clientcert",0,"cert.pem"
        <
        < OK
        > AT+CCERTDOWN="key_cert.pem",1676
        < AT+CCERTDOWN="key_cert.pem",1676
        <
        < >
        # 1676 bytes of PEM
        <
        < OK
        > AT+CSSLCFG="clientkey",0,"key_cert.pem"
        < AT+CSSLCFG="clientkey",0,"key_cert.pem"
        <
        < OK
        > AT+CSSLCFG="sslversion",0,4
        < AT+CSSLCFG="sslversion",0,4
        <
        < OK
        # excerpt ends
        """#,
        meaning: #"""
            urc +CGEV: ME PDN ACT 8,1
            AT+CPSI? → +CPSI: LTE,Online,460-11,0x775C,27159101,62,EUTRAN-BAND8,3740,3,0,8,49,53,-3 | OK
            AT+NETOPEN taken
            AT+NETOPEN → +NETOPEN: 0 | OK
            urc SMS DONE
            AT+IPADDR → +IPADDR: 10.21.157.148 | OK
            AT+SIMCOMATI → Manufacturer: INCORPORATED | Model: A7670E-FASE | Revision: A011B07A7670M7_F | A7670M7_B07V01_240927 | QCN: | IMEI: xxxxxxxxxxxxxxx | MEID: | +GCAP: +CGSM,+FCLASS,+DS | DeviceInfo: | OK
            AT+CMQTTSTART taken
            AT+CMQTTSTART → +CMQTTSTART: 0 | OK
            AT+CCERTDOWN → OK
            AT+CSSLCFG → OK
            AT+CCERTDOWN → OK
            AT+CSSLCFG → OK
            AT+CCERTDOWN → OK
            AT+CSSLCFG → OK
            AT+CSSLCFG → OK
            """#
    )
}
