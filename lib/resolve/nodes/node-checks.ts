import { UNFIT_STORAGE } from '../../catalog/unfit-storage';
import type { DeviceClassModel } from '../../model/device-class-model';
import type { ClusterModel } from '../../model/distribution';
import type { FleetModel } from '../../model/fleet-model';
import { isPrivate, parseIp } from '../../model/ip';
import type { NodeRecord } from '../../model/node-model';
import type { SitePlan } from '../../model/plan';
import type { Problem } from '../../model/problem';
import type { Finding } from '../inventory/findings';
import type { NodeRow } from './node-rows';

/** As Kubernetes takes names of nodes: also a label value and a host name. */
const longestName = 63;
const hostName =
  /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;

/** A name that ends with a number is an address that is mistyped: 10.400.1.11. */
function isHost(text: string): boolean {
  return parseIp(text) !== undefined || (hostName.test(text) && !/(^|\.)\d+$/.test(text));
}

/** What is known of a site; its nodes as the blueprint counts them. */
type SiteOfNodes = Pick<SitePlan, 'name' | 'path' | 'blueprint' | 'nodes'>;

interface Machine {
  readonly node: NodeRecord;
  readonly row: NodeRow;
}

/** What one machine may not share with another, and what a cluster asks of its nodes. Looks at each site once. */
export class NodeChecks {
  private readonly machines = { serial: new Map<string, Machine>(), mac: new Map<string, Machine>() };
  /** By source and address. */
  private readonly addresses = new Map<string, string>();
  /** By path and message, with all sites in which it is so. */
  private readonly general = new Map<string, Omit<Problem, 'sites'> & { readonly sites: string[] }>();
  private readonly sourceOf = new Map<string, string>();
  private readonly classes: ReadonlyMap<string, DeviceClassModel>;
  private readonly described: ReadonlySet<string>;

  constructor(
    model: FleetModel,
    private readonly findings: ReadonlyMap<string, Finding[]>,
    /** By path of the blueprint. */
    private readonly clusters: ReadonlyMap<string, ClusterModel>,
  ) {
    this.classes = new Map(model.deviceClasses.map((c) => [c.path, c]));
    this.described = new Set(model.sources.filter(({ nodes }) => nodes !== undefined).map(({ path }) => path));
  }

  get problems(): Problem[] {
    return [...this.general.values()];
  }

  add(site: SiteOfNodes, nodes: readonly NodeRecord[], rows: readonly NodeRow[]): void {
    this.sourceOf.set(site.name, site.path);
    const rowOf = new Map(rows.map((row) => [row.slot, row]));
    const inSite = new Map<string, NodeRecord>();
    const badHosts: NodeRecord[] = [];
    for (const node of nodes) {
      const row = rowOf.get(node.slot);
      this.checkName(site, node);
      if (node.host !== undefined && !isHost(node.host)) badHosts.push(node);
      if (node.address.kind !== 'dynamic') this.checkAddress(site, node, node.address.ip, inSite, row);
      if (row) this.checkMachine(site, node, row);
      if (!this.classes.has(node.deviceClass))
        this.tell(
          'error',
          site.blueprint,
          `counts nodes of the device class [${node.deviceClass}], which is not of this fleet; make both under one Fleet`,
          site.name,
        );
    }
    this.tellHosts(site, badHosts);
    // What follows from rows or addresses that are wrong themselves is not said.
    const servers = nodes.filter(({ role }) => role === 'server');
    const wanted = site.nodes.reduce((sum, { role, count }) => sum + (role === 'server' ? count : 0), 0);
    if (servers.length !== wanted) return;
    const cluster = this.clusters.get(site.blueprint);
    if (!cluster) return;
    const { addresses, database } = cluster.distribution.machines;
    if (badHosts.length === 0 && !rows.some((row) => row.isPartial)) {
      if (addresses === 'servers') this.checkServerAddresses(site, nodes.length, servers, cluster);
      if (addresses === 'all') this.checkAllAddresses(site, nodes, cluster);
    }
    if (servers.length > 1 && database !== undefined)
      for (const path of new Set(servers.map(({ deviceClass }) => deviceClass)))
        this.checkStorage(site.name, path, database);
  }

  /** Only where the name of one site goes on where that of another ends can two nodes of them have one name. */
  compareNames(nodes: ReadonlyMap<string, readonly NodeRecord[]>): void {
    for (const [site, own] of nodes) {
      for (let dash = site.indexOf('-'); dash > 0; dash = site.indexOf('-', dash + 1)) {
        const shorter = site.slice(0, dash);
        const others = nodes.get(shorter);
        const shared = others && own.find(({ name }) => others.some((other) => other.name === name));
        if (shared) {
          const message = `has a node ${shared.name}, and so has the site ${shorter}; rename one of the sites`;
          this.tell('error', this.sourceOf.get(site) ?? site, message, site);
        }
      }
    }
  }

  private checkName(site: Pick<SitePlan, 'name' | 'path'>, node: NodeRecord): void {
    if (node.name.length > longestName)
      this.tell(
        'error',
        site.path,
        `has nodes with names of more than ${longestName} characters, \`<site>-<slot>\`; take a shorter name for the site or a shorter id for the device class`,
        `${site.name}: ${node.name}`,
      );
  }

  private tellHosts(site: Pick<SitePlan, 'name' | 'blueprint'>, nodes: readonly NodeRecord[]): void {
    const [first] = nodes;
    if (first === undefined) return;
    this.tell(
      'error',
      site.blueprint,
      'gives addresses to nodes that are neither a DNS name nor an IP address (nodeAddress)',
      `${site.name}: ${first.name} ${first.host}`,
    );
  }

  private checkMachine({ path }: Pick<SitePlan, 'path'>, node: NodeRecord, row: NodeRow): void {
    for (const column of ['serial', 'mac'] as const) {
      const value = node[column]?.toLowerCase();
      if (value === undefined) continue;
      const first = this.machines[column].get(value);
      if (first)
        this.find(
          path,
          row,
          column,
          `${column} ${node[column]} is that of ${first.node.name} (${first.row.source}) too; one machine is one node`,
        );
      else this.machines[column].set(value, { node, row });
    }
  }

  /** Within a site no two nodes have one address. Between sites only what is routed everywhere must differ: private networks repeat from site to site. */
  private checkAddress(
    { name: site, path, blueprint }: SiteOfNodes,
    node: NodeRecord,
    address: string,
    inSite: Map<string, NodeRecord>,
    row: NodeRow | undefined,
  ): void {
    const tell = (message: string, inGeneral: string, other: string): void => {
      if (row?.address) this.find(path, row, 'address', message);
      else this.tell('error', blueprint, `${inGeneral} (nodeAddress)`, `${site}: ${other} and ${node.name} ${address}`);
    };
    const other = inSite.get(address);
    inSite.set(address, node);
    if (other)
      tell(
        `address ${address} is that of ${other.name} too; two nodes of one site cannot share it`,
        'gives nodes of one site the same address; make it differ, and see that node.ordinal counts within a device class',
        other.name,
      );
    const ip = parseIp(address);
    if (other || !ip || isPrivate(ip)) return;
    const key = `${path} ${address}`;
    const first = this.addresses.get(key);
    if (first === undefined) this.addresses.set(key, node.name);
    else
      tell(
        `address ${address} is that of ${first} too, and it is a public one; correct one of them`,
        'gives nodes of several sites the same public address; make it differ by values of the site',
        first,
      );
  }

  private checkServerAddresses(
    site: SiteOfNodes,
    count: number,
    servers: readonly NodeRecord[],
    { machines, distribution }: ClusterModel,
  ): void {
    const moving = servers.filter(({ address }) => address.kind === 'dynamic');
    if (moving.length === 0) return;
    if (count > 1 && machines?.registration === undefined && moving.some(({ host }) => host === undefined))
      this.tell(
        'error',
        site.blueprint,
        'has sites with several nodes, and servers that the others cannot find; give the servers addresses in a node inventory (`nodes`), or the blueprint a nodeAddress, or the cluster a registrationAddress',
        site.name,
      );
    if (servers.length > 1)
      this.tell(
        this.described.has(site.path) ? 'error' : 'warning',
        site.path,
        `has clusters of several servers whose addresses nobody promises, and ${distribution.machines.database} takes a server with a new address for a stranger; give each server an address in a node inventory (\`nodes\`): 10.1.2.3/24 to configure it, 10.1.2.3 where DHCP reserves it; or the blueprint a nodeAddress that is an IP address`,
        `${site.name}: ${moving.map(({ slot }) => slot).join(' ')}`,
      );
  }

  /**
   * Where nodes know each other by address alone: also where a site has none but one yet, for all sites of a blueprint have one tree. Of machines that others
   * set up nothing is asked.
   */
  private checkAllAddresses(
    site: SiteOfNodes,
    nodes: readonly NodeRecord[],
    { distribution, machines, nodes: described }: ClusterModel,
  ): void {
    if (!machines || !nodes.some(({ deviceClass }) => this.classes.get(deviceClass)?.operatingSystem)) return;
    const moving = nodes.filter(({ address }) => address.kind === 'dynamic');
    if ((nodes.length < 2 && described.length < 2) || moving.length === 0) return;
    this.tell(
      'error',
      site.path,
      `has nodes whose addresses nobody promises, and ${distribution.title} knows its nodes by address; give each an address in a node inventory (\`nodes\`): 10.1.2.3/24 to configure it, 10.1.2.3 where DHCP reserves it; or the blueprint a nodeAddress that is an IP address`,
      `${site.name}: ${moving.map(({ slot }) => slot).join(' ')}`,
    );
  }

  private checkStorage(site: string, path: string, database: string): void {
    const { hardware, storage } = this.classes.get(path) ?? {};
    const usual = storage ?? hardware?.storage?.[0];
    if (usual === undefined || !UNFIT_STORAGE.value.includes(usual)) return;
    const better = hardware?.storage?.filter((kind) => !UNFIT_STORAGE.value.includes(kind)) ?? [];
    const advice = `take a single server, or ${better.length > 0 ? `fit one of ${better.join(', ')}` : 'machines with an SSD'}${storage === undefined ? ' and say so (`storage`)' : ''}`;
    if (storage !== undefined)
      this.tell(
        'error',
        path,
        `has the storage ${storage} and is server of clusters of several servers; it does not bear the writes of ${database}: ${advice}`,
        site,
      );
    else
      this.tell(
        'warning',
        path,
        `is of ${hardware?.name}, which usually runs from ${usual}, and is server of clusters of several servers; that does not bear the writes of ${database}: ${advice}`,
        site,
      );
  }

  private find(path: string, row: NodeRow, column: string, message: string): void {
    this.findings.get(path)?.push({
      message,
      severity: 'error',
      reason: `${column} twice`,
      site: row.site,
      source: () => row.locate(column),
    });
  }

  private tell(severity: Problem['severity'], path: string, message: string, site: string): void {
    const key = `${severity} ${path} ${message}`;
    const entry = this.general.get(key) ?? { path, message, severity, sites: [] };
    entry.sites.push(site);
    this.general.set(key, entry);
  }
}
