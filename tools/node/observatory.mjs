// What Mozilla's HTTP Observatory thinks of a site on this machine, as JSON.
//
//   node tools/node/observatory.mjs localhost 8080 8443
//
// Its scanner takes a name alone and asks at the ports that everybody uses, which a program here may not take. So the
// lines that it opens to the ports 80 and 443 of that name end at the two ports that are told; nothing else differs.
// NODE_EXTRA_CA_CERTS names the certificate where nobody else vouches for it.

import net from "node:net";
import { scan } from "@mdn/mdn-http-observatory";

const [name, plain, secure] = process.argv.slice(2);
const ports = { 80: Number(plain), 443: Number(secure) };
const { connect } = net.Socket.prototype;

net.Socket.prototype.connect = function (...words) {
  const place = [words[0]].flat()[0];
  if (place.host === name) place.port = ports[place.port] ?? place.port;
  return connect.apply(this, words);
};

console.log(JSON.stringify(await scan(name), null, 2));
process.exit(); // it leaves a line open
