"""A photo as the components draw one, whatever page it stands on."""

from dataclasses import dataclass

from core.photos.models import Photo


@dataclass(frozen=True)
class Drawn:
    """A photo with its name and size. Who inherits says what a reader hears (`alt`) and where a size is (`url`)."""

    photo: Photo

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return self.photo.key

    @property
    def width(self) -> int:
        """In pixels, of the large one."""
        return self.photo.width

    @property
    def height(self) -> int:
        """In pixels, of the large one."""
        return self.photo.height
