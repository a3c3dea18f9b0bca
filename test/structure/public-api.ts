import { join, relative } from 'node:path';
import ts from 'typescript';
import { programOf } from './program';
import { root } from './sources';

export const entries = ['constructs/index.ts', 'constructs/testing.ts'];

const program = programOf(entries.map((file) => join(root, file)));
const checker = program.getTypeChecker();

/** One thing that the package exports, or that a signature of it shows. */
export interface Documented {
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'type' | 'function';
  /** `constructs/fleet.ts` */
  readonly file: string;
  readonly declaration: ts.Declaration;
  /** The comment without its tags. */
  readonly text: string;
  readonly examples: readonly string[];
}

/** What the entries export, by name. */
export const exported: readonly Documented[] = unique(
  entries.flatMap((entry) => {
    const module = checker.getSymbolAtLocation(sourceFile(entry));
    return module ? checker.getExportsOfModule(module).flatMap(documented) : [];
  }),
);

/** What the entries export and all of ours that their signatures name. */
export const reachable: readonly Documented[] = reach(exported);

/** Optional members of an interface or of an options literal, by a name for messages: `FleetProps.root`. */
export function optionalMembers({ name, declaration }: Documented): { name: string; defaultText?: string }[] {
  const members: { name: string; defaultText?: string }[] = [];
  const visit = (node: ts.Node, path: string): void => {
    const isMember = ts.isPropertySignature(node) || ts.isMethodSignature(node);
    const here = isMember ? `${path}.${node.name.getText()}` : path;
    if (isMember && node.questionToken) members.push({ name: here, defaultText: tagOf(node, 'default') });
    ts.forEachChild(node, (child) => visit(child, here));
  };
  visit(declaration, name);
  return members;
}

function tagOf(node: ts.Node, tag: string): string | undefined {
  const found = ts.getJSDocTags(node).find((t) => t.tagName.text === tag);
  return found && (ts.getTextOfJSDocComment(found.comment) ?? '');
}

function sourceFile(file: string): ts.SourceFile {
  const source = program.getSourceFile(join(root, file));
  if (!source) throw new Error(`${file} is not in the program`);
  return source;
}

function documented(symbol: ts.Symbol): Documented[] {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return (target.declarations ?? []).flatMap((declaration) => {
    const kind = kindOf(declaration);
    const file = relative(root, declaration.getSourceFile().fileName);
    if (!kind || file.startsWith('..') || file.includes('node_modules')) return [];
    const examples = ts.getJSDocTags(declaration).filter((tag) => tag.tagName.text === 'example');
    return {
      name: symbol.name,
      kind,
      file,
      declaration,
      text: ts.displayPartsToString(target.getDocumentationComment(checker)),
      examples: examples.map((tag) => ts.getTextOfJSDocComment(tag.comment) ?? ''),
    };
  });
}

function kindOf(node: ts.Declaration): Documented['kind'] | undefined {
  if (ts.isClassDeclaration(node)) return 'class';
  if (ts.isInterfaceDeclaration(node)) return 'interface';
  if (ts.isTypeAliasDeclaration(node)) return 'type';
  return ts.isFunctionDeclaration(node) ? 'function' : undefined;
}

function reach(from: readonly Documented[]): Documented[] {
  const all = new Map<ts.Declaration, Documented>();
  const add = (one: Documented): void => {
    if (all.has(one.declaration)) return;
    all.set(one.declaration, one);
    for (const symbol of namedTypes(one.declaration)) for (const next of documented(symbol)) add(next);
  };
  for (const one of from) add(one);
  return [...all.values()];
}

/** Types in signatures: no bodies, no private members, and none keyed by a symbol, which users cannot name. */
function namedTypes(declaration: ts.Node): ts.Symbol[] {
  const found: ts.Symbol[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBlock(node) || isHidden(node)) return;
    const name = ts.isTypeReferenceNode(node)
      ? node.typeName
      : ts.isExpressionWithTypeArguments(node)
        ? node.expression
        : undefined;
    const symbol = name && checker.getSymbolAtLocation(name);
    if (symbol) found.push(symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return found;
}

function isHidden(node: ts.Node): boolean {
  if (!ts.isClassElement(node) && !ts.isTypeElement(node)) return false;
  const isPrivate = ts.canHaveModifiers(node) && node.modifiers?.some((m) => m.kind === ts.SyntaxKind.PrivateKeyword);
  const isKeyed = node.name !== undefined && ts.isComputedPropertyName(node.name);
  return isPrivate === true || isKeyed || ts.getJSDocTags(node).some((tag) => tag.tagName.text === 'internal');
}

function unique(all: readonly Documented[]): Documented[] {
  return [...new Map(all.map((one) => [one.declaration, one])).values()];
}
