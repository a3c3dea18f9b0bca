import { type Figure, guessed, published } from '../../../lib/model/figure';

test('a figure keeps its literal value beside its grade and source', () => {
  const figure: Figure<4> = published(4, 'a data sheet');
  expect(figure).toEqual({ value: 4, grade: 'published', source: 'a data sheet' });
});

test('a guess says that it is one', () => {
  expect(guessed([1, 2], 'an estimate')).toEqual({ value: [1, 2], grade: 'guessed', source: 'an estimate' });
});
