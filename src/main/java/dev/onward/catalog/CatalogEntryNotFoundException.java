package dev.onward.catalog;

/** There is no ready-made action of this id. */
public final class CatalogEntryNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CatalogEntryNotFoundException(String id) {
        super("there is no entry '" + id + "' in the catalogue; GET /api/v1/catalog lists all", null, false, false);
    }
}
