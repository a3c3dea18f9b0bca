/** How the paragraph of the technician's sheet begins that says where secrets come from: it goes once all of them are on a medium. */
export const SECRETS_PARAGRAPH = 'Secrets: ';
