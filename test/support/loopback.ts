import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type K3sArchitecture, k3sFileNames, type LockedFile } from '../../lib/model/artifact-lock';
import { cniPluginsFileName, kubeEdgeFileNames } from '../../lib/model/lock/kubeedge';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface Loopback {
  /** `http://127.0.0.1:4321` */
  readonly url: string;
  /** Paths that were asked for, with the range where there was one. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** A server on this machine alone. */
export async function loopback(handler: Handler): Promise<Loopback> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push([request.url, request.headers.range].filter((part) => part !== undefined).join(' '));
    handler(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

/** Serves texts by path, and ranges of them. */
export function serving(files: Readonly<Record<string, string>>): Handler {
  return (request, response) => {
    const text = files[request.url ?? ''];
    if (text === undefined) {
      response.writeHead(404).end('Not Found');
      return;
    }
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (from >= text.length) response.writeHead(416).end();
    else if (from > 0)
      response
        .writeHead(206, { 'content-range': `bytes ${from}-${text.length - 1}/${text.length}` })
        .end(text.slice(from));
    else response.writeHead(200, { 'content-length': text.length }).end(text);
  };
}

/** The files of a release as K3s lays them out, with made-up content. */
export function releaseFiles(
  version: string,
  architecture: K3sArchitecture,
  content = version,
): Record<string, string> {
  const folder = `/${encodeURIComponent(version)}`;
  const names = k3sFileNames(architecture);
  const texts = { [names.binary]: `binary ${content}`, [names.images]: `images ${content} ${architecture}` };
  const sums = Object.entries(texts).map(([name, text]) => `${sha256(text)}  ${name}\n`);
  const others = `${sha256('tar')}  k3s-airgap-images-${architecture}.tar\n`;
  return {
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [`${folder}/${name}`, text])),
    [`${folder}/sha256sum-${architecture}.txt`]: others + sums.join(''),
  };
}

/** The same of KubeEdge, which lists SHA-512 alone, and nothing but that. */
export function kubeEdgeFiles(
  version: string,
  architecture: K3sArchitecture,
  content = version,
): Record<string, string> {
  const { edgecore, keadm } = kubeEdgeFileNames(version, architecture);
  const texts = { [edgecore]: `edgecore ${content} ${architecture}`, [keadm]: `keadm ${content} ${architecture}` };
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => [
      [`/${version}/${name}`, text],
      [`/${version}/checksum_${name}.txt`, `${sha512(text)}\n`],
    ]),
  );
}

/** The same of the CNI plug-ins. */
export function cniPluginsFiles(version: string, architecture: K3sArchitecture): Record<string, string> {
  const name = cniPluginsFileName(version, architecture);
  const text = `plug-ins ${version} ${architecture}`;
  return { [`/${version}/${name}`]: text, [`/${version}/${name}.sha256`]: `${sha256(text)}  ${name}\n` };
}

export function sha512(text: string): string {
  return createHash('sha512').update(text).digest('hex');
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A locked file with that text. */
export function lockedFile(url: string, file: string, text: string): LockedFile {
  return { file, url: `${url}/${file}`, sha256: sha256(text) };
}
