"""Operations in the database and in the files of the shared folder."""
