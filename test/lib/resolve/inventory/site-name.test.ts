import { siteNameProblem } from '../../../../lib/resolve/inventory/site-name';

const grammar =
  "is no DNS label (at most 63 lower-case letters, digits and '-', with a letter or digit first and last)";

describe('the name of a site', () => {
  test.each(['a', 'store-0412', '0042', 'x--y', 'a'.repeat(63)])('may be %s', (name) => {
    expect(siteNameProblem(name)).toBeUndefined();
  });

  test.each([
    ['Zürich 1', `the name "Zürich 1" ${grammar}; write "zurich-1"`],
    ['store_no.12', `the name "store_no.12" ${grammar}; write "store-no-12"`],
    [' store-1 ', `the name " store-1 " ${grammar}; write "store-1"`],
    ['-a-', `the name "-a-" ${grammar}; write "a"`],
    ['a\n', `the name "a\\n" ${grammar}; write "a"`],
    ['../up', `the name "../up" ${grammar}; write "up"`],
    ['東京', `the name "東京" ${grammar}`],
    ['', 'the site has no name; write one'],
    [undefined, 'the site has no name; write one'],
    [null, 'the site has no name; write one'],
    [12, 'the name must be text (found 12); write it in quotes'],
  ])('may not be %j', (name, problem) => {
    expect(siteNameProblem(name)).toBe(problem);
  });

  test('that is too long gets a shorter one that does not end in a dash', () => {
    const problem = siteNameProblem(`${'a'.repeat(62)}-b`);
    expect(problem).toMatch(new RegExp(`write "${'a'.repeat(62)}"$`));
  });
});
