// The photo that was chosen, as a picture on the page.

/** Show a photo (or none) in a figure; `onSeen` is called once the browser turns out to be able to read it. */
export function preview(figure, photo, alt, onSeen) {
  URL.revokeObjectURL(figure.querySelector('img')?.src)
  figure.replaceChildren()
  if (!photo) return
  const image = Object.assign(new Image(), { src: URL.createObjectURL(photo.blob), alt })
  image.addEventListener('load', onSeen)
  figure.append(image)
}
