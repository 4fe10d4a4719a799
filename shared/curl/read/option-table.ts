/** What an option does to a request, as far as the import is concerned. */
export type OptionEffect =
  | 'request'
  | 'header'
  | 'data'
  | 'data-raw'
  | 'data-urlencode'
  | 'json'
  | 'get'
  | 'user'
  | 'url'
  | 'url-query'
  | 'form'
  | 'cookie'
  | 'user-agent'
  | 'referer'
  | 'oauth2-bearer'
  | 'basic'
  | 'proxy'
  | 'proxy-user'
  | 'connect-timeout'
  | 'max-time'
  | 'globoff'
  | 'path-as-is'
  | 'next'
  | { ignored: string }
  | { unsupported: string }

export interface CurlOption {
  takesValue: boolean
  effect: OptionEffect
}

const quiet: OptionEffect = { ignored: 'It has no effect on the request.' }
const nothingAlike: OptionEffect = { unsupported: 'There is nothing here that does the same.' }
const clientCertificate: OptionEffect = { unsupported: 'Client certificates are not supported.' }
const authScheme: OptionEffect = { unsupported: 'Basic, bearer and OAuth 2.0 are the ways to sign in here.' }
const anyVersion: OptionEffect = { ignored: 'Requests go out over HTTP/1.1.' }
const anyTls: OptionEffect = { ignored: 'The TLS version is agreed on with the server.' }
const ownAuthority: OptionEffect = {
  unsupported: 'Files are not read: paste the certificate under Connection in the form.',
}
const noRedirects: OptionEffect = { ignored: 'Redirects are never followed; one counts as a failure.' }
const notRepeated: OptionEffect = { ignored: 'A message is never sent again by itself.' }
const noSocks: OptionEffect = { unsupported: 'SOCKS proxies are not supported; an HTTP proxy is.' }
const direct: OptionEffect = { unsupported: 'The host is always looked up and reached in the ordinary way.' }

function listed(names: string, takesValue: boolean, effect: OptionEffect): [string, CurlOption][] {
  return names.split(' ').map((name) => [name, { takesValue, effect }])
}

/** Long names of curl 8's options (`curl --help all`). What the import does not know of HTTP falls to `nothingAlike`. */
export const curlOptions: ReadonlyMap<string, CurlOption> = new Map([
  ...listed('request', true, 'request'),
  ...listed('header', true, 'header'),
  ...listed('data data-ascii data-binary', true, 'data'),
  ...listed('data-raw', true, 'data-raw'),
  ...listed('data-urlencode', true, 'data-urlencode'),
  ...listed('json', true, 'json'),
  ...listed('get', false, 'get'),
  ...listed('user', true, 'user'),
  ...listed('url', true, 'url'),
  ...listed('url-query', true, 'url-query'),
  ...listed('form form-string', true, 'form'),
  ...listed('cookie', true, 'cookie'),
  ...listed('user-agent', true, 'user-agent'),
  ...listed('referer', true, 'referer'),
  ...listed('oauth2-bearer', true, 'oauth2-bearer'),
  ...listed('basic', false, 'basic'),
  ...listed('proxy', true, 'proxy'),
  ...listed('proxy-user', true, 'proxy-user'),
  ...listed('connect-timeout', true, 'connect-timeout'),
  ...listed('max-time', true, 'max-time'),
  ...listed('globoff', false, 'globoff'),
  ...listed('path-as-is', false, 'path-as-is'),
  ...listed('next', false, 'next'),
  ...listed(
    'silent show-error verbose include fail fail-with-body fail-early progress-bar progress-meter buffer styled-output ' +
      'remote-name remote-name-all remote-header-name remote-time create-dirs clobber xattr trace-time trace-ids ' +
      'junk-session-cookies disable raw keepalive sessionid tcp-nodelay tcp-fastopen parallel parallel-immediate ' +
      'remove-on-error suppress-connect-headers proxy-basic skip-existing use-ascii out-null',
    false,
    quiet,
  ),
  ...listed(
    'output write-out dump-header cookie-jar stderr trace trace-ascii trace-config output-dir libcurl create-file-mode ' +
      'keepalive-time keepalive-cnt max-filesize parallel-max parallel-max-host happy-eyeballs-timeout-ms etag-save ' +
      'expect100-timeout speed-limit speed-time limit-rate rate',
    true,
    quiet,
  ),
  ...listed('compressed', false, { ignored: 'Answers are asked for uncompressed.' }),
  ...listed('location location-trusted post301 post302 post303 follow', false, noRedirects),
  ...listed('max-redirs', true, noRedirects),
  ...listed('retry-all-errors retry-connrefused', false, notRepeated),
  ...listed('retry retry-delay retry-max-time', true, notRepeated),
  ...listed(
    'http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only alpn npn',
    false,
    anyVersion,
  ),
  ...listed('tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 sslv2 sslv3 ssl ssl-reqd ssl-no-revoke', false, anyTls),
  ...listed('ssl-revoke-best-effort ssl-allow-beast ca-native false-start cert-status', false, anyTls),
  ...listed('tls-max ciphers tls13-ciphers curves sigalgs proto proto-redir proto-default', true, anyTls),
  ...listed('insecure proxy-insecure doh-insecure', false, {
    unsupported: 'Certificates are always checked: add the server’s authority under Connection in the form.',
  }),
  ...listed('cacert capath proxy-cacert proxy-capath crlfile pinnedpubkey', true, ownAuthority),
  ...listed('cert cert-type key key-type pass engine proxy-cert proxy-key', true, clientCertificate),
  ...listed('ssl-auto-client-cert', false, clientCertificate),
  ...listed('digest ntlm ntlm-wb negotiate anyauth', false, authScheme),
  ...listed('aws-sigv4 delegation service-name krb sasl-authzid login-options', true, authScheme),
  ...listed('netrc netrc-optional', false, {
    unsupported: 'Files are not read: type the user name and password.',
  }),
  ...listed('netrc-file config', true, { unsupported: 'Files are not read.' }),
  ...listed('socks4 socks4a socks5 socks5-hostname socks5-gssapi-service preproxy proxy1.0', true, noSocks),
  ...listed(
    'proxy-digest proxy-ntlm proxy-negotiate proxy-anyauth proxytunnel socks5-basic',
    false,
    nothingAlike,
  ),
  ...listed('noproxy', true, { unsupported: 'Which proxy is used is set per provider, under Connection.' }),
  ...listed(
    'connect-to resolve interface unix-socket abstract-unix-socket dns-servers doh-url local-port',
    true,
    direct,
  ),
  ...listed(
    'dns-interface dns-ipv4-addr dns-ipv6-addr alt-svc hsts haproxy-clientip ip-tos vlan-priority',
    true,
    direct,
  ),
  ...listed('ipv4 ipv6 haproxy-protocol mptcp', false, direct),
  ...listed('head', false, { unsupported: 'Only GET and POST are sent.' }),
  ...listed('upload-file', true, { unsupported: 'Files are not sent.' }),
  ...listed(
    'request-target range time-cond continue-at etag-compare proxy-header variable',
    true,
    nothingAlike,
  ),
  ...listed(
    'quote telnet-option ftp-port mail-from mail-rcpt mail-auth tlsuser tlspassword ech',
    true,
    nothingAlike,
  ),
  ...listed(
    'tr-encoding append list-only crlf manual help version ignore-content-length metalink',
    false,
    nothingAlike,
  ),
  ...listed('disallow-username-in-url compressed-ssh form-escape sasl-ir proxy-tlsv1', false, nothingAlike),
  ...listed(
    'expand-data expand-json expand-header expand-url expand-user expand-data-raw',
    true,
    nothingAlike,
  ),
])

const shorts =
  'X:request H:header d:data G:get u:user F:form b:cookie A:user-agent e:referer x:proxy U:proxy-user m:max-time ' +
  'g:globoff s:silent S:show-error v:verbose i:include f:fail #:progress-bar N:no-buffer O:remote-name ' +
  'J:remote-header-name R:remote-time j:junk-session-cookies q:disable Z:parallel o:output w:write-out D:dump-header ' +
  'c:cookie-jar Y:speed-limit y:speed-time L:location 0:http1.0 1:tlsv1 2:sslv2 3:sslv3 k:insecure E:cert n:netrc ' +
  'K:config p:proxytunnel 4:ipv4 6:ipv6 I:head T:upload-file r:range z:time-cond C:continue-at Q:quote ' +
  't:telnet-option P:ftp-port a:append l:list-only B:use-ascii M:manual h:help V:version'

export const shortOptions: ReadonlyMap<string, string> = new Map([
  [':', 'next'],
  ...shorts.split(' ').map((pair): [string, string] => [pair.slice(0, 1), pair.slice(2)]),
])
