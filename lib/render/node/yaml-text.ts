import { Document, Scalar, visit } from 'yaml';

/**
 * YAML for readers of version 1.1, such as K3s and cloud-init: every text is in quotes, so that `0644`, `on` and `12:30` stay what they are; whole
 * files are blocks, so that they can be read. Members that are undefined are left out.
 */
export function yamlText(value: Readonly<Record<string, unknown>>): string {
  const document = new Document(value, { version: '1.1', aliasDuplicateObjects: false });
  document.directives = undefined; // no line "%YAML 1.1": some readers refuse any directive
  visit(document, {
    Scalar(key, node) {
      if (typeof node.value !== 'string') return;
      if (key === 'key') node.type = isPlainKey(node.value) ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
      else if (isBlock(node.value)) node.type = Scalar.BLOCK_LITERAL;
    },
  });
  return document.toString({
    lineWidth: 0,
    indentSeq: true,
    defaultStringType: 'QUOTE_DOUBLE',
    doubleQuotedAsJSON: true,
    nullStr: 'null',
  });
}

/** A name that no reader takes for anything else. */
function isPlainKey(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9._/-]*$/.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text);
}

/** Printable lines that a block gives back unchanged: one line end at the end, no space at the start or before a line end. */
function isBlock(text: string): boolean {
  return /\n./.test(text) && /^[\x21-\x7e][\n\x20-\x7e]*[^\n]\n$/.test(text) && !/ \n/.test(text);
}
