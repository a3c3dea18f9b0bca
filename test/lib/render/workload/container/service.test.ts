import { ofKind, podSpec, render, runs } from './fixtures';

const selector = { 'app.kubernetes.io/name': 'pos' };

test('ports are named in the container and in one Service', () => {
  const objects = render({ ports: { http: 8080, admin: 9000 } });
  expect(podSpec(objects).containers[0].ports).toEqual([
    { name: 'admin', containerPort: 9000, protocol: 'TCP' },
    { name: 'http', containerPort: 8080, protocol: 'TCP' },
  ]);
  const [service, ...others] = ofKind(objects, 'Service');
  expect(others).toEqual([]);
  expect(service).toMatchObject({ apiVersion: 'v1', metadata: { name: 'pos', namespace: 'shop' } });
  expect(service?.spec).toEqual({
    type: 'ClusterIP',
    selector,
    ports: [
      { name: 'admin', port: 9000, targetPort: 'admin', protocol: 'TCP' },
      { name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP' },
    ],
  });
});

test('without ports there is a Service for a StatefulSet alone, and it is headless', () => {
  expect(ofKind(render(), 'Service')).toEqual([]);
  const [service] = ofKind(render({ run: runs.stateful(1) }), 'Service');
  expect(service?.spec).toEqual({ type: 'ClusterIP', clusterIP: 'None', selector });
});

test('an ingress goes to a port by name, through the default class', () => {
  const ports = { http: 8080 };
  const [ingress] = ofKind(
    render({ ports, ingress: ({ site }) => ({ host: `${site.name}.example`, port: 'http' }) }),
    'Ingress',
  );
  expect(ingress).toMatchObject({ apiVersion: 'networking.k8s.io/v1', metadata: { name: 'pos', namespace: 'shop' } });
  const backend = { service: { name: 'pos', port: { name: 'http' } } };
  expect(ingress?.spec).toEqual({
    rules: [{ host: 'store-1.example', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
  });
  const [below] = ofKind(render({ ports, ingress: { host: 'a.example', port: 'http', path: '/pos' } }), 'Ingress');
  expect(below?.spec).toMatchObject({ rules: [{ http: { paths: [{ path: '/pos' }] } }] });
});

test('an ingress to a port that is not there names those that are', () => {
  const ingress = () => ({ host: 'a.example', port: 'web' });
  expect(() => render({ ports: { http: 80 }, ingress })).toThrow(/ingress to the port web; its ports are http/);
  expect(() => render({ ingress })).toThrow(/its ports are none/);
});
