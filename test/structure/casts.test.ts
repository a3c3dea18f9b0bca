import ts from 'typescript';
import { type Source, sources } from './sources';

/** Records that a distribution alone reads: the run hands them back by the types that all have. */
const own = /^(K3s|MicroK8s|KubeEdge)\w*(Model|Input)$/;

/** `lib/distributions/k3s/tree-input.ts K3sClusterModel` */
function castsOf({ file, text }: Source): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isAsExpression(node) && own.test(node.type.getText(tree))) found.push(`${file} ${node.type.getText(tree)}`);
    node.forEachChild(visit);
  };
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  visit(tree);
  return found;
}

test('shared records become those of a distribution in its object alone, where the run calls it', () => {
  const casting = new Set(sources.flatMap(castsOf).map((cast) => cast.replace(/ .*/, '')));
  expect([...casting].sort()).toEqual(
    ['k3s', 'kubeedge', 'microk8s'].map((name) => `lib/distributions/${name}/${name}.ts`),
  );
});

test('a cast is found, and what looks like one is none', () => {
  const text = "import { A as K3sNodesModel } from './a';\nconst b = (c as K3sClusterModel).d; // e as K3sNodeInput\n";
  expect(castsOf({ file: 'lib/x.ts', text })).toEqual(['lib/x.ts K3sClusterModel']);
});
