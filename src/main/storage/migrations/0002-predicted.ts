/** What had been predicted for an answer when it was asked; later measurements move the estimate, not this. */
export const predicted = `
alter table message add column predicted text;
`;
