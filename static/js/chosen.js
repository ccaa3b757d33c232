// Putting a picture into a file field, as if somebody chose it there.

/** And the page hears that it was chosen. */
export function choose(field, blob, name) {
  put(field, blob, name)
  field.dispatchEvent(new Event('change', { bubbles: true }))
}

/** Without a word to anybody. */
export function put(field, blob, name) {
  const carrier = new DataTransfer()
  carrier.items.add(new File([blob], name, { type: blob.type }))
  field.files = carrier.files
}
