extension Transcript {
    static let mutualTLSPublish = Transcript(
        "01_sim7600ei_mutual_tls_publish",
        #"""
        # source: SIM7600EI, lines; GitHub README of P10-Display, tests 5 and 6
        # module: SIM7600EI against AWS IoT: server and client authentication, will, subscribe, publish
        # fidelity: lines
        # note: the result of CMQTTSTART stands before its OK, the result of CMQTTCONNECT after it.
        # note: SUBTOPIC announces 31 bytes and 30 are shown; the module answers OK, most likely because the CR of the
        #   terminal's line end became byte 31.
        > AT+CGMM
        < SIMCOM_SIM7600EI
        < OK
        > AT+CRESET
        < OK
        < RDY
        < +CPIN: READY
        < SMS DONE
        < PB DONE
        > AT+CSSLCFG="sslversion",0,4
        < OK
        > AT+CSSLCFG="authmode",0,2
        < OK
        > AT+CSSLCFG="cacert",0,"cacert.pem"
        < OK
        > AT+CSSLCFG="clientcert",0,"clientcert.pem"
        < OK
        > AT+CSSLCFG="clientkey",0,"clientkey.pem"
        < OK
        > AT+CPIN?
        < +CPIN: READY
        < OK
        > AT+CREG?
        < +CREG: 0,1
        < OK
        > AT+CIPMODE=?
        < +CIPMODE: (0-1)
        < OK
        > AT+CIPMODE?
        < +CIPMODE: 0
        < OK
        > AT+CGDCONT?
        < +CGDCONT: 1,"IP","jionet","0.0.0.0",0,0,0,0
        < +CGDCONT: 2,"IPV4V6","ims","0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0",0,0,0,0
        < +CGDCONT: 3,"IPV4V6","SOS","0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0",0,0,0,1
        < OK
        > AT+NETOPEN
        < OK
        < +NETOPEN: 0
        > AT+CGACT=?
        < +CGACT: (0,1)
        < OK
        > AT+CGACT?
        < +CGACT: 1,1
        < +CGACT: 2,1
        < +CGACT: 3,0
        < OK
        > AT+CGACT=1
        < OK
        > AT+CGACT?
        < +CGACT: 1,1
        < +CGACT: 2,1
        < +CGACT: 3,1
        < OK
        > AT+IPADDR
        < +IPADDR: 25.156.15.79
        < OK
        > AT+CMQTTSTART
        < +CMQTTSTART: 0
        < OK
        > AT+CMQTTACCQ=0,"SIMCom_client01",1
        < OK
        > AT+CMQTTSSLCFG=0,0
        < OK
        > AT+CMQTTWILLTOPIC=0,31
        < >
        > aws/things/simcom7600_device01/
        < OK
        > AT+CMQTTWILLMSG=0,17,1
        < >
        > SIMCom Connected!
        < OK
        > AT+CMQTTCONNECT=0,"tcp://xxxxxxxxxxxxxx-ats.iot.ap-south-1.amazonaws.com:8883",60,1
        < OK
        < +CMQTTCONNECT: 0,0
        > AT+CMQTTSUBTOPIC=0,31,1
        < >
        > aws/things/simcom7600_device01
        < OK
        > AT+CMQTTSUB=0
        < OK
        < +CMQTTSUB: 0,0
        > AT+CMQTTTOPIC=0,31
        < >
        > aws/things/simcom7600_device01/
        < OK
        > AT+CMQTTPAYLOAD=0,38
        < >
        > {"message":"Hello from SIMCom Module"}
        < OK
        > AT+CMQTTPUB=0,1,60
        < OK
        < +CMQTTPUB: 0,0
        """#,
        meaning: #"""
            AT+CGMM → SIMCOM_SIM7600EI | OK
            AT+CRESET → OK
            urc RDY
            restarted
            urc +CPIN: READY
            urc SMS DONE
            urc PB DONE
            AT+CSSLCFG → OK
            AT+CSSLCFG → OK
            AT+CSSLCFG → OK
            AT+CSSLCFG → OK
            AT+CSSLCFG → OK
            AT+CPIN? → +CPIN: READY | OK
            AT+CREG? → +CREG: 0,1 | OK
            AT+CIPMODE → +CIPMODE: (0-1) | OK
            AT+CIPMODE? → +CIPMODE: 0 | OK
            AT+CGDCONT? → +CGDCONT: 1,"IP","jionet","0.0.0.0",0,0,0,0 | +CGDCONT: 2,"IPV4V6","ims","0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0",0,0,0,0 | +CGDCONT: 3,"IPV4V6","SOS","0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0",0,0,0,1 | OK
            AT+NETOPEN taken
            AT+NETOPEN → +NETOPEN: 0 | OK
            AT+CGACT → +CGACT: (0,1) | OK
            AT+CGACT? → +CGACT: 1,1 | +CGACT: 2,1 | +CGACT: 3,0 | OK
            AT+CGACT → OK
            AT+CGACT? → +CGACT: 1,1 | +CGACT: 2,1 | +CGACT: 3,1 | OK
            AT+IPADDR → +IPADDR: 25.156.15.79 | OK
            AT+CMQTTSTART → +CMQTTSTART: 0 | OK
            AT+CMQTTACCQ → OK
            AT+CMQTTSSLCFG → OK
            AT+CMQTTWILLTOPIC → OK
            AT+CMQTTWILLMSG → OK
            AT+CMQTTCONNECT taken
            AT+CMQTTCONNECT → +CMQTTCONNECT: 0,0 | OK
            AT+CMQTTSUBTOPIC → OK
            AT+CMQTTSUB taken
            AT+CMQTTSUB → +CMQTTSUB: 0,0 | OK
            AT+CMQTTTOPIC → OK
            AT+CMQTTPAYLOAD → OK
            AT+CMQTTPUB taken
            AT+CMQTTPUB → +CMQTTPUB: 0,0 | OK
            """#
    )
}
